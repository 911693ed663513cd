namespace Pipelines.Stages.Kinds.Load;

/// <summary>Counts texts that occur again, within the training split and across splits, ignoring case and blanks.</summary>
/// <remarks>Texts are kept as 64-bit hashes; a chance collision among a million texts has probability 3e-8.</remarks>
internal sealed class DuplicateTexts
{
    private readonly HashSet<ulong> _first = [];
    private readonly Dictionary<string, long> _counts = [];
    private string? _firstSplit;

    /// <summary>Texts of the first split seen twice in it; texts of each other split that also stand in the first.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Add(string split, string text)
    {
        _firstSplit ??= split;
        var hash = Hash(text);
        var again = split == _firstSplit ? !_first.Add(hash) : _first.Contains(hash);
        _counts[split] = _counts.GetValueOrDefault(split) + (again ? 1 : 0);
    }

    // FNV-1a.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            if (!char.IsWhiteSpace(character))
                hash = (hash ^ char.ToLowerInvariant(character)) * 1099511628211UL;
        return hash;
    }
}
