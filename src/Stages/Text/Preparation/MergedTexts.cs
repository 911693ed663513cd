using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>Texts that were different, have different labels, and became equal: nothing can tell them apart any more.</summary>
internal sealed class MergedTexts
{
    private readonly Dictionary<string, (string Before, string Label)> _byText = new(StringComparer.Ordinal);
    private long _count;
    private string? _example;

    public void Add(string before, string after, string? label)
    {
        if (label is null || _byText.TryAdd(after, (before, label)))
            return;
        var first = _byText[after];
        if (first.Before == before || first.Label == label)
            return;
        _count++;
        _example ??= $"{first.Before} ({first.Label}), {before} ({label})";
    }

    public Warning? Warning() => _count == 0
        ? null
        : new("merged_texts", new Dictionary<string, object> { ["count"] = _count, ["example"] = _example! });
}
