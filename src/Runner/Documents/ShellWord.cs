namespace Pipelines.Runner.Documents;

/// <summary>Words of a command line as a shell reads them.</summary>
internal static class ShellWord
{
    /// <summary>In quotes where the shell would change it.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "-_./=:,+@%".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
