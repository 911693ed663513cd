using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Looks for every input file of a plan before anything runs.</summary>
public static class InputFileCheck
{
    /// <summary>One finding a file that is missing or none, in the order of the plan.</summary>
    /// <param name="only">Stages to look at, with what they need; null: all.</param>
    public static IReadOnlyList<Diagnostic> Of(Plan plan, IEnumerable<string>? only, IInputFiles files)
    {
        List<Diagnostic> problems = [];
        foreach (var stage in plan.Selected(only))
            foreach (var (name, value) in stage.Values)
                if (value.File is { } path && Problem(path, stage, name, files) is { } problem)
                    problems.Add(problem);
        return problems;
    }

    private static Diagnostic? Problem(string path, PlannedStage stage, string name, IInputFiles files) =>
        !files.Exists(path) ? Missing(path, stage.PlaceOf($"with.{name}"), files)
        : files.IsSpecial(path) ? Special(path, stage.PlaceOf($"with.{name}"))
        : null;

    private static Diagnostic Special(string path, SourceSpan at) => new(
        "special-file", Severity.Error, $"{Quoted.Short(path)} is a pipe or a device, not a file", at,
        "a result is known by the content of its files, which must stay: write it into a file first");

    private static Diagnostic Missing(string path, SourceSpan at, IInputFiles files) => new(
        "missing-file", Severity.Error, $"there is no file {Quoted.Short(path)}", at,
        files.Nearest(path) is { } nearest ? $"did you mean '{nearest}'?" : $"paths are relative to {files.Absolute("")}");
}
