using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>
/// What makes scores of a split look better than they are: its texts that a model has seen in training. Also texts whose labels
/// contradict each other.
/// </summary>
/// <param name="near">From which share of common words two texts count as nearly the same; null: that is not looked at.</param>
internal sealed class SplitLeaks(double? near)
{
    private readonly List<(string Split, ulong Text)> _rows = [];
    private readonly Dictionary<ulong, string> _labels = [];
    private readonly HashSet<ulong> _contradictory = [];
    private readonly NearTexts? _near = near is { } share ? new(share) : null;
    private string? _example;

    public void Add(string split, string text, string? label)
    {
        var key = SameText.Key(text);
        _rows.Add((split, key));
        _near?.Add(split == Splits.Train, text);
        if (label is null || _labels.TryAdd(key, label) || _labels[key] == label)
            return;
        _contradictory.Add(key);
        _example ??= $"{text} ({_labels[key]}, {label})";
    }

    public Leaks Count()
    {
        var seen = _rows.Where(row => row.Split == Splits.Train).Select(row => row.Text).ToHashSet();
        var nearly = _near?.OfTrain();
        var splits = new BySplit<LeaksOfSplit>();
        foreach (var (i, (split, text)) in _rows.Index())
        {
            splits[split].Rows++;
            if (split != Splits.Train && seen.Contains(text))
                splits[split].InTrain++;
            else if (split != Splits.Train && nearly is not null && nearly[i])
                splits[split].NearTrain++;
        }
        return new(splits, near is not null, _contradictory.Count, _rows.Count(row => _contradictory.Contains(row.Text)), _example);
    }
}

/// <param name="NearIsCounted">Whether nearly equal texts were looked for.</param>
/// <param name="Contradictory">How many texts occur with several labels.</param>
/// <param name="ContradictoryRows">How many rows have such a text.</param>
internal sealed record Leaks(BySplit<LeaksOfSplit> BySplit, bool NearIsCounted, long Contradictory, long ContradictoryRows, string? Example)
{
    public Dictionary<string, double> Metrics()
    {
        var metrics = new Dictionary<string, double>
        {
            ["contradictory_texts"] = Contradictory,
            ["contradictory_rows"] = ContradictoryRows
        };
        foreach (var (split, leaks) in BySplit)
        {
            metrics[$"{split}.rows"] = leaks.Rows;
            if (split == Splits.Train)
                continue;
            metrics[$"{split}.texts_also_in_train"] = leaks.InTrain;
            if (NearIsCounted)
                metrics[$"{split}.texts_nearly_in_train"] = leaks.NearTrain;
        }
        return metrics;
    }

    /// <param name="empty">Splits that were to have rows and got none.</param>
    public IReadOnlyList<CardItem> CardItems(IEnumerable<string> empty)
    {
        var all = (double)BySplit.Sum(split => split.Value.Rows);
        GridColumn[] nearly = NearIsCounted ? [new("texts_nearly_in_train")] : [];
        List<CardItem> items =
        [
            new Grid("rows_by_split", [new("split"), new("rows"), new("share", ValueFormat.Percent), new("texts_also_in_train"), .. nearly],
                [.. BySplit.Select(split => Row(split.Key, split.Value, all))]),
            new Fact("contradictory_texts", Contradictory),
            .. empty.Select(split => new Warning("empty_split", new Dictionary<string, object> { ["split"] = split })),
        ];
        foreach (var (split, leaks) in BySplit)
        {
            if (leaks.InTrain > 0)
                items.Add(Warning("texts_also_in_train", split, leaks.InTrain));
            if (leaks.NearTrain > 0)
                items.Add(Warning("texts_nearly_in_train", split, leaks.NearTrain));
        }
        if (Contradictory > 0)
            items.Add(new Warning("contradictory_texts", new Dictionary<string, object>
            {
                ["count"] = Contradictory,
                ["rows"] = ContradictoryRows,
                ["example"] = Example!,
            }));
        return items;
    }

    private object?[] Row(string split, LeaksOfSplit leaks, double all)
    {
        object?[] nearly = NearIsCounted ? [split == Splits.Train ? null : leaks.NearTrain] : [];
        return [split, leaks.Rows, leaks.Rows / all, split == Splits.Train ? null : leaks.InTrain, .. nearly];
    }

    private static Warning Warning(string name, string split, long count) =>
        new(name, new Dictionary<string, object> { ["split"] = split, ["count"] = count });
}

internal sealed class LeaksOfSplit
{
    public long Rows { get; set; }

    /// <summary>Rows whose text is one of the training split.</summary>
    public long InTrain { get; set; }

    /// <summary>Further rows whose text shares most of its words with one.</summary>
    public long NearTrain { get; set; }
}
