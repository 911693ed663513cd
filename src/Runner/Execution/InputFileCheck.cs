using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Looks for every input file of a plan before anything runs.</summary>
public static class InputFileCheck
{
    /// <summary>One finding a missing file, in the order of the plan.</summary>
    public static IReadOnlyList<Diagnostic> Of(Plan plan, RunOptions options, IInputFiles files) =>
        [.. new RunGraph(plan, options.Only).Nodes.SelectMany(node => Missing(node.Stage, files))];

    private static IEnumerable<Diagnostic> Missing(PlannedStage stage, IInputFiles files) =>
        from value in stage.Values
        let path = value.Value.File
        where path is not null && !files.Exists(path)
        select new Diagnostic(
            "missing-file", Severity.Error, $"there is no file {Quoted.Short(path)}", stage.PlaceOf($"with.{value.Key}"),
            files.Nearest(path) is { } nearest ? $"did you mean '{nearest}'?" : $"paths are relative to {files.Absolute("")}");
}
