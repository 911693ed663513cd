using System.Runtime.InteropServices;
using Parquet.Schema;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Gathers the values of one column for a row group.</summary>
internal abstract class ColumnBuffer
{
    public abstract void Append(ColumnData column);

    /// <summary>What was gathered, as Parquet wants it; the buffer is empty afterwards.</summary>
    public abstract ParquetColumn Take(DataField field);

    /// <summary>A column that is a row group by itself, without gathering it.</summary>
    public abstract ParquetColumn Whole(DataField field, ColumnData column);

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

    public override ParquetColumn Take(DataField field)
    {
        var items = _items.ToArray();
        _items.Clear();
        return Column(field, items);
    }

    public override ParquetColumn Whole(DataField field, ColumnData column) => Column(field, ((Values<T>)column).Items);

    // Only texts may be missing.
    private static ParquetColumn Column(DataField field, T[] items)
    {
        if (!field.IsNullable)
            return new(field, items, null, null);
        var levels = Array.ConvertAll(items, item => item is null ? 0 : field.MaxDefinitionLevel);
        return new(field, levels.AsSpan().Contains(0) ? Array.FindAll(items, item => item is not null) : items, levels, null);
    }
}

internal sealed class ListBuffer<T> : ColumnBuffer
{
    private const int EmptyList = 1;

    private readonly List<T> _items = [];
    private readonly List<int> _offsets = [0];

    public override void Append(ColumnData column)
    {
        var lists = (Lists<T>)column;
        var shift = _items.Count - lists.Offsets[0];
        _items.AddRange(lists.Items.AsSpan(lists.Offsets[0]..lists.Offsets[^1]));
        foreach (var end in lists.Offsets.AsSpan(1))
            _offsets.Add(end + shift);
    }

    public override ParquetColumn Take(DataField field)
    {
        var column = Column(field, _items.ToArray(), CollectionsMarshal.AsSpan(_offsets));
        _items.Clear();
        _offsets.RemoveRange(1, _offsets.Count - 1);
        return column;
    }

    public override ParquetColumn Whole(DataField field, ColumnData column)
    {
        var (items, offsets) = (((Lists<T>)column).Items, ((Lists<T>)column).Offsets);
        return Column(field, offsets[0] == 0 && offsets[^1] == items.Length ? items : items[offsets[0]..offsets[^1]], offsets);
    }

    // Null strings inside lists do not occur (ColumnType): every item of a list is defined.
    private static ParquetColumn Column(DataField field, T[] items, ReadOnlySpan<int> offsets)
    {
        var empty = 0;
        for (var row = 1; row < offsets.Length; row++)
            empty += offsets[row] == offsets[row - 1] ? 1 : 0;
        var definitionLevels = GC.AllocateUninitializedArray<int>(items.Length + empty);
        var repetitionLevels = GC.AllocateUninitializedArray<int>(items.Length + empty);
        definitionLevels.AsSpan().Fill(field.MaxDefinitionLevel);
        repetitionLevels.AsSpan().Fill(1);
        var place = 0;
        for (var row = 1; row < offsets.Length; row++)
        {
            var length = offsets[row] - offsets[row - 1];
            repetitionLevels[place] = 0;
            if (length == 0)
                definitionLevels[place] = EmptyList;
            place += Math.Max(length, 1);
        }
        return new(field, items, definitionLevels, repetitionLevels);
    }
}
