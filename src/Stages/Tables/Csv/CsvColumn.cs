using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>Gathers the cells of one column for a batch.</summary>
internal abstract class CsvColumn(string name)
{
    protected string Name => name;

    /// <summary>False: the cell is none of this type.</summary>
    public abstract bool TryAdd(string cell);

    /// <summary>What was gathered; nothing is left afterwards.</summary>
    public abstract ColumnData Take();

    public static CsvColumn Of(string name, ColumnType type) => type switch
    {
        { IsList: true, Element: ElementType.String } => new CsvLists<string>(name),
        { IsList: true, Element: ElementType.Int } => new CsvLists<int>(name),
        { IsList: true, Element: ElementType.Long } => new CsvLists<long>(name),
        { IsList: true, Element: ElementType.Float } => new CsvLists<float>(name),
        { IsList: true, Element: ElementType.Double } => new CsvLists<double>(name),
        { IsList: true } => new CsvLists<bool>(name),
        { Element: ElementType.String } => new CsvValues<string>(name, cell => (true, cell)),
        { Element: ElementType.Int } => new CsvValues<int>(name, cell => (CsvCell.TryLong(cell, out var value), (int)value)),
        { Element: ElementType.Long } => new CsvValues<long>(name, cell => (CsvCell.TryLong(cell, out var value), value)),
        { Element: ElementType.Float } => new CsvValues<float>(name, cell => (CsvCell.TryDouble(cell, out var value), (float)value)),
        { Element: ElementType.Double } => new CsvValues<double>(name, cell => (CsvCell.TryDouble(cell, out var value), value)),
        _ => new CsvValues<bool>(name, cell => (CsvCell.TryBool(cell, out var value), value)),
    };
}

internal sealed class CsvValues<T>(string name, Func<string, (bool Fits, T Value)> read) : CsvColumn(name)
{
    private readonly List<T> _values = [];

    public override bool TryAdd(string cell)
    {
        var (fits, value) = read(cell);
        _values.Add(value);
        return fits;
    }

    public override ColumnData Take()
    {
        Values<T> taken = new(Name, [.. _values]);
        _values.Clear();
        return taken;
    }
}

internal sealed class CsvLists<T>(string name) : CsvColumn(name)
{
    private readonly List<T> _items = [];
    private readonly List<int> _offsets = [0];

    public override bool TryAdd(string cell)
    {
        if (!CsvCell.TryList<T>(cell, out var items))
            return false;
        _items.AddRange(items);
        _offsets.Add(_items.Count);
        return true;
    }

    public override ColumnData Take()
    {
        Lists<T> taken = new(Name, [.. _items], [.. _offsets]);
        _items.Clear();
        _offsets.Clear();
        _offsets.Add(0);
        return taken;
    }
}
