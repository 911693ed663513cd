using Parquet.Data;
using Parquet.Schema;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Gathers the values of one column for a row group.</summary>
internal abstract class ColumnBuffer
{
    public abstract void Append(ColumnData column);

    /// <summary>What was gathered, as Parquet wants it; the buffer is empty afterwards.</summary>
    public abstract DataColumn Take(DataField field);

    public static ColumnBuffer For(ColumnType type) => type.Element switch
    {
        ElementType.String => Of<string>(type.IsList),
        ElementType.Int => Of<int>(type.IsList),
        ElementType.Long => Of<long>(type.IsList),
        ElementType.Float => Of<float>(type.IsList),
        ElementType.Double => Of<double>(type.IsList),
        ElementType.Bool => Of<bool>(type.IsList),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static ColumnBuffer Of<T>(bool isList) => isList ? new ListBuffer<T>() : new ValueBuffer<T>();
}

internal sealed class ValueBuffer<T> : ColumnBuffer
{
    private readonly List<T> _items = [];

    public override void Append(ColumnData column) => _items.AddRange(((Values<T>)column).Items);

    public override DataColumn Take(DataField field)
    {
        var items = _items.ToArray();
        _items.Clear();
        return new(field, items);
    }
}

internal sealed class ListBuffer<T> : ColumnBuffer
{
    private const int EmptyList = 1;

    private readonly List<T> _items = [];
    private readonly List<int> _definitionLevels = [];
    private readonly List<int> _repetitionLevels = [];
    private readonly List<int> _lengths = [];

    public override void Append(ColumnData column)
    {
        var lists = (Lists<T>)column;
        _items.AddRange(lists.Items.AsSpan(lists.Offsets[0]..lists.Offsets[^1]));
        for (var row = 0; row < lists.Count; row++)
            _lengths.Add(lists.Offsets[row + 1] - lists.Offsets[row]);
    }

    // Null strings inside lists do not occur (ColumnType): every item of a list is defined.
    public override DataColumn Take(DataField field)
    {
        foreach (var length in _lengths)
        {
            _repetitionLevels.Add(0);
            _definitionLevels.Add(length == 0 ? EmptyList : field.MaxDefinitionLevel);
            for (var i = 1; i < length; i++)
            {
                _repetitionLevels.Add(1);
                _definitionLevels.Add(field.MaxDefinitionLevel);
            }
        }
        var column = new DataColumn(field, _items.ToArray(), _definitionLevels.ToArray(), _repetitionLevels.ToArray());
        _items.Clear();
        _lengths.Clear();
        _definitionLevels.Clear();
        _repetitionLevels.Clear();
        return column;
    }
}
