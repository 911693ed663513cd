using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>Which types the cells of a column fit, while they pass.</summary>
/// <param name="expected">Null: none in particular.</param>
internal sealed class CsvColumnTypes(ColumnType? expected)
{
    private static readonly ColumnType[] Narrowest =
        [ColumnType.Of<bool>(), ColumnType.Of<int>(), ColumnType.Of<long>(), ColumnType.Of<double>()];

    private readonly List<ColumnType> _possible =
        expected is { } first && first != ColumnType.Of<string>() ? [first, .. Narrowest] : [.. Narrowest];

    private bool _hasValue;

    public ColumnType Best => expected == ColumnType.Of<string>() || !_hasValue || _possible.Count == 0 ? Emptiest : _possible[0];

    public void See(string cell)
    {
        _hasValue |= cell.Length > 0;
        _possible.RemoveAll(type => !CsvCell.Fits(cell, type));
    }

    // Without any value, or where nothing else fits, a column is text; unless a table without values keeps what was expected.
    private ColumnType Emptiest => !_hasValue && expected is { } type && _possible.Contains(type) ? type : ColumnType.Of<string>();
}
