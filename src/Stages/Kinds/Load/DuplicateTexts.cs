using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Counts texts that occur again, within the training split and across splits, ignoring case and blanks.</summary>
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
        var key = SameText.Key(text);
        var again = split == _firstSplit ? !_first.Add(key) : _first.Contains(key);
        _counts[split] = _counts.GetValueOrDefault(split) + (again ? 1 : 0);
    }
}
