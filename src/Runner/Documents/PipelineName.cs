namespace Pipelines.Runner.Documents;

/// <summary>The name of a pipeline, found without reading its file as YAML.</summary>
internal static class PipelineName
{
    private const string Key = "pipeline:";

    /// <summary>What stands behind the first <c>pipeline:</c> at the start of a line; null: there is none.</summary>
    public static string? In(ReadOnlySpan<char> text)
    {
        foreach (var line in text.EnumerateLines())
            if (line.StartsWith(Key, StringComparison.Ordinal))
                return Value(line[Key.Length..]);
        return null;
    }

    private static string Value(ReadOnlySpan<char> written)
    {
        var comment = written.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? written : written[..comment]).Trim().Trim("'\"").ToString();
    }
}
