using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Kinds.Describe;

/// <summary>What the length of a text is counted in.</summary>
public enum LengthUnit
{
    Words,
    Characters,
}

/// <summary>Shows how long the texts are, and how many a limit would cut.</summary>
[Stage("describe/lengths", Version = 3)]
public sealed class DescribeLengths : Stage<DescribeLengths.Inputs, DescribeLengths.Params, DescribeLengths.Outputs>
{
    public sealed record Inputs([Reads("{column}", Columns.Split + "?")] Table Rows);

    public sealed record Params(string Column = "text", LengthUnit Unit = LengthUnit.Words, int? Limit = null, int Bins = 50,
        IReadOnlyList<int>? Limits = null);

    public sealed record Outputs(Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var unit = RowLengths.UnitOf(inputs.Rows.Find(parameters.Column)!, parameters.Unit);
        var bySplit = await CountAsync(inputs.Rows, parameters, cancellation).ConfigureAwait(false);
        var card = await context.Write.CardAsync(CardOf(bySplit, unit, parameters), cancellation).ConfigureAwait(false);
        var metrics = bySplit.SelectMany(split => new[]
        {
            KeyValuePair.Create($"{split.Key}.mean_length", split.Value.Mean),
            KeyValuePair.Create($"{split.Key}.longest", (double)split.Value.Longest),
        }).ToDictionary();
        return new(await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false), card);
    }

    private static async Task<Dictionary<string, LengthCounts>> CountAsync(Table table, Params parameters, CancellationToken cancellation)
    {
        var bySplit = new Dictionary<string, LengthCounts> { [Splits.None] = new() };
        await foreach (var batch in table.ReadAsync([parameters.Column, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var lengthOf = RowLengths.Of(batch[parameters.Column], parameters.Unit);
            var splits = batch.Has(Columns.Split) ? batch.Values<string>(Columns.Split).Items : null;
            for (var row = 0; row < batch.Count; row++)
            {
                var length = lengthOf(row);
                bySplit[Splits.None].Add(length);
                if (splits?[row] is not { } split)
                    continue;
                if (!bySplit.TryGetValue(split, out var ofSplit))
                    bySplit[split] = ofSplit = new();
                ofSplit.Add(length);
            }
        }
        return bySplit;
    }

    private static CardContent CardOf(Dictionary<string, LengthCounts> bySplit, string unit, Params parameters)
    {
        var all = bySplit[Splits.None];
        var (edges, counts) = all.Histogram(parameters.Bins);
        List<CardItem> items =
        [
            new Grid(CardNames.LengthsBySplit,
                [new("split"), new("rows"), new("mean", ValueFormat.Decimal), new(CardNames.MedianLength),
                    new(CardNames.LengthOfMost), new(CardNames.LongestText), new("empty")],
                [.. bySplit.Select(split => new object?[]
                {
                    split.Key, split.Value.Rows, split.Value.Mean, split.Value.Quantile(0.5), split.Value.Quantile(0.95),
                    split.Value.Longest, split.Value.Empty,
                })]),
            new HistogramFigure(
                CardNames.TextLengths, unit, edges, counts, parameters.Limit + 1.0, parameters.Limit is null ? null : "limit",
                parameters.Limit),
        ];
        if (parameters.Limits is { Count: > 0 } limits)
            items.Add(LimitsGrid(all, limits));
        if (parameters.Limit is { } limit && all.Above(limit) is var above and > 0)
            items.Add(new Warning("texts_above_limit", new Dictionary<string, object>
            {
                ["limit"] = limit,
                ["count"] = above,
                ["share"] = above / (double)all.Rows,
            }));
        if (all.Empty > 0)
            items.Add(new Warning("empty_texts", new Dictionary<string, object> { ["count"] = all.Empty }));
        return new([.. items]);
    }

    // Beside padding all texts to the longest: a recurrent layer takes a step a place, attention looks from every place to every other.
    private static Grid LimitsGrid(LengthCounts all, IReadOnlyList<int> limits) => new("shorter_limits",
        [
            new("limit"), new("texts_cut"), new("share_cut", ValueFormat.Percent), new("share_lost", ValueFormat.Percent),
            new("steps_saved", ValueFormat.Percent), new("attention_saved", ValueFormat.Percent),
        ],
        [.. limits.Select(limit => (Limit: limit, Places: Math.Min(1, limit / (double)Math.Max(1, all.Longest)))).Select(of => new object?[]
        {
            of.Limit, all.Above(of.Limit), all.Above(of.Limit) / (double)all.Rows, all.ShareBeyond(of.Limit), 1 - of.Places,
            1 - (of.Places * of.Places),
        })]);
}
