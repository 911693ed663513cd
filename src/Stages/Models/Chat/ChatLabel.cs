namespace Pipelines.Stages.Models.Chat;

/// <summary>The label in what a chat model wrote.</summary>
internal static class ChatLabel
{
    /// <summary>Stands for an answer that names no label, or more than one.</summary>
    public const string Unclear = "?";

    public static string In(string answer, IReadOnlyList<string> labels)
    {
        var trimmed = answer.Trim().Trim('"', '\'', '*', '.', '`', '«', '»', ' ', '\u00A0');
        var named = labels.Where(label => trimmed.Equals(label, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 0)
            named = [.. labels.Where(label => answer.Contains(label, StringComparison.OrdinalIgnoreCase))];
        return named.Count == 1 ? named[0] : Unclear;
    }
}
