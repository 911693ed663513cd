using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>Where a row stands: counted from 1 within its split, as in the file that a split was loaded from.</summary>
internal readonly record struct RowPlace(string Split, long Row)
{
    public override string ToString() => Split == Splits.None
        ? FormattableString.Invariant($"row {Row}")
        : FormattableString.Invariant($"row {Row} of {Split}");
}

/// <summary>Counts the rows of each split while a table is read.</summary>
internal sealed class RowPlaces
{
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);

    public RowPlace Next(string split) => new(split, _rows[split] = _rows.GetValueOrDefault(split) + 1);
}
