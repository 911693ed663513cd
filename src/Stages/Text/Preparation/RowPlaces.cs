using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>Where a row stands in the file it was loaded from, counted from 1; known when all rows were read.</summary>
/// <param name="Row">Within its split.</param>
/// <param name="OfAll">Of all rows.</param>
internal readonly record struct RowPlace(RowPlaces? Of, string Split, long Row, long OfAll)
{
    public override string ToString() =>
        Split == Splits.None ? FormattableString.Invariant($"row {Row}")
        : Of?.AreFromOneFile == true ? FormattableString.Invariant($"row {OfAll}, {Split}")
        : FormattableString.Invariant($"row {Row} of {Split}");
}

/// <summary>
/// Counts rows while a table is read. Where each split is a file of its own, the splits follow each other; where a file was split, its rows
/// keep their order, so that the splits alternate.
/// </summary>
internal sealed class RowPlaces
{
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private string? _last;
    private long _all;

    public bool AreFromOneFile { get; private set; }

    public RowPlace Next(string split)
    {
        AreFromOneFile |= split != _last && _rows.ContainsKey(split);
        _last = split;
        return new(this, split, _rows[split] = _rows.GetValueOrDefault(split) + 1, ++_all);
    }
}
