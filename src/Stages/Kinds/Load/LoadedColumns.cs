using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>
/// Gathers rows into batches with the project's column names: <c>split</c>, <c>text</c>, <c>label</c>, then what is kept.
/// </summary>
internal sealed class LoadedColumns(bool hasSplit, bool hasLabel, IReadOnlyList<string> kept)
{
    private readonly List<string> _splits = [];
    private readonly List<string> _texts = [];
    private readonly List<string> _labels = [];
    private readonly List<string>[] _kept = [.. kept.Select(_ => new List<string>())];

    public int Count => _texts.Count;

    public void Add(LoadedRow row)
    {
        _splits.Add(row.Split);
        _texts.Add(row.Text);
        _labels.Add(row.Label);
        for (var i = 0; i < _kept.Length; i++)
            _kept[i].Add(row.Kept[i]);
    }

    /// <summary>What was gathered; empty afterwards.</summary>
    public RowBatch Take()
    {
        List<ColumnData> columns = [];
        if (hasSplit)
            columns.Add(Take(Columns.Split, _splits));
        columns.Add(Take(Columns.Text, _texts));
        if (hasLabel)
            columns.Add(Take(Columns.Label, _labels));
        columns.AddRange(kept.Select((name, i) => Take(name, _kept[i])));
        var batch = new RowBatch(columns[0].Count, columns);
        _splits.Clear();
        _labels.Clear();
        return batch;
    }

    private static Values<string> Take(string name, List<string> items)
    {
        var values = new Values<string>(name, [.. items]);
        items.Clear();
        return values;
    }
}

internal sealed record LoadedRow(string Split, string Text, string Label, string[] Kept);
