namespace Pipelines.Runner.Planning;

/// <summary>A name of a pipeline file that begins with a stage: <c>scores.test.accuracy</c>, <c>mistakes@length=0.5.cases</c>.</summary>
internal static class StageName
{
    /// <summary>The stage: ids of matrix cells contain dots, so the longest id that fits is meant; null: none does.</summary>
    public static string? In(string name, IEnumerable<string> ids) =>
        ids.Where(id => name.StartsWith(id + ".", StringComparison.Ordinal)).MaxBy(id => id.Length);
}
