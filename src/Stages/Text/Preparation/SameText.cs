namespace Pipelines.Stages.Text.Preparation;

/// <summary>Knows a text again, whatever its case and blanks.</summary>
internal static class SameText
{
    /// <summary>64 bits (FNV-1a): a chance collision among a million texts has probability 3e-8.</summary>
    public static ulong Key(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
            if (!char.IsWhiteSpace(letter))
                hash = (hash ^ char.ToLowerInvariant(letter)) * 1099511628211UL;
        return hash;
    }
}
