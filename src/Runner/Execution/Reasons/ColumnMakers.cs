using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Which stage kinds make a column, by what their manifests say of their outputs (column names stand between backticks).</summary>
internal static class ColumnMakers
{
    public static IReadOnlyList<string> Of(string column, StageCatalog catalog) =>
        [.. catalog.Kinds.Where(kind => catalog.Find(kind) is { } found && found.Manifest.Outputs.Values.Any(text => Names(text, column)))];

    private static bool Names(LocalizedText text, string column) => (text.En ?? text.Fr)?.Contains($"`{column}`", StringComparison.Ordinal) == true;
}
