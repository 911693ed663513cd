using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Looks for every input file of a plan before anything runs.</summary>
public static class InputFileCheck
{
    /// <param name="only">Stages to look at, with what they need; null: all.</param>
    /// <summary>One finding a missing file, in the order of the plan.</summary>
    public static IReadOnlyList<Diagnostic> Of(Plan plan, IEnumerable<string>? only, IInputFiles files)
    {
        List<Diagnostic> missing = [];
        foreach (var stage in plan.Selected(only))
            foreach (var (name, value) in stage.Values)
                if (value.File is { } path && !files.Exists(path))
                    missing.Add(Missing(path, stage.PlaceOf($"with.{name}"), files));
        return missing;
    }

    private static Diagnostic Missing(string path, SourceSpan at, IInputFiles files) => new(
        "missing-file", Severity.Error, $"there is no file {Quoted.Short(path)}", at,
        files.Nearest(path) is { } nearest ? $"did you mean '{nearest}'?" : $"paths are relative to {files.Absolute("")}");
}
