namespace Pipelines.Stages.Text.Augmentation;

/// <summary>Words that may stand for each other, a group of them a line.</summary>
internal sealed class Synonyms
{
    private readonly Dictionary<string, List<string>> _others = new(StringComparer.OrdinalIgnoreCase);

    public static Synonyms None { get; } = new();

    /// <param name="rows">The words of each group.</param>
    public static Synonyms Of(IEnumerable<IReadOnlyList<string>> rows)
    {
        Synonyms synonyms = new();
        foreach (var group in rows)
            foreach (var word in group)
                synonyms.Add(word, group);
        return synonyms;
    }

    /// <summary>The other words of its groups; none where it has none.</summary>
    public IReadOnlyList<string> Of(string word) => _others.TryGetValue(word, out var others) ? others : [];

    private void Add(string word, IReadOnlyList<string> group)
    {
        if (!_others.TryGetValue(word, out var others))
            _others.Add(word, others = []);
        others.AddRange(group.Where(other => !string.Equals(other, word, StringComparison.OrdinalIgnoreCase) && !others.Contains(other)));
    }
}
