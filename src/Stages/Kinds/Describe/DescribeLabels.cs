using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Describe;

/// <summary>Says how many labels there are, how unequal they are, and what always answering the most frequent one would score.</summary>
[Stage("describe/labels", Version = 3)]
public sealed class DescribeLabels : Stage<DescribeLabels.Inputs, DescribeLabels.Params, DescribeLabels.Outputs>
{
    private const int MaxPointsOfACurve = 500;

    public sealed record Inputs([Reads("{column}", Columns.Split + "?")] Table Rows);

    public sealed record Params(string Column = "label", int? Prefix = null, int Top = 20, int Few = 10, int Frequent = 50);

    public sealed record Outputs(Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var counts = await LabelCounts.CountAsync(inputs.Rows, parameters.Column, parameters.Prefix, cancellation).ConfigureAwait(false);
        if (counts.Rows == 0)
            throw new StageException("there are no rows to describe");
        var card = await context.Write.CardAsync(
            CardOf(counts, parameters, LabelMeanings.From(inputs.Rows.Encoding)), cancellation).ConfigureAwait(false);
        return new(await context.Write.MetricsAsync(MetricsOf(counts), cancellation).ConfigureAwait(false), card);
    }

    private static Dictionary<string, double> MetricsOf(LabelCounts counts)
    {
        var metrics = new Dictionary<string, double> { ["classes"] = counts.Sorted.Count };
        foreach (var split in counts.Known)
            metrics[$"{split}.majority_accuracy"] = counts.MajorityAccuracy(split);
        return metrics;
    }

    private static CardContent CardOf(LabelCounts counts, Params parameters, LabelMeanings book)
    {
        var sorted = counts.Sorted;
        List<CardItem> items =
        [
            new Fact(CardNames.Classes, (long)sorted.Count),
            new Fact(CardNames.ClassesOfHalfTheRows, (long)counts.LabelsOfHalfTheRows()),
            new Fact(CardNames.MostFrequentClass, $"{book.Named(sorted[0].Label)} ({sorted[0].Count})"),
            new Fact(CardNames.RarestClass, $"{book.Named(sorted[^1].Label)} ({sorted[^1].Count})"),
            new Fact("share_of_classes_with_few_rows", sorted.Count(entry => entry.Count < parameters.Few) / (double)sorted.Count,
                ValueFormat.Percent),
        ];
        if (counts.Known.Any())
            items.Add(SplitGrid(counts));
        items.Add(TopFigure(counts, parameters.Top, book));
        if (counts.Known.Any())
            items.Add(CountsGrid(counts, parameters.Top, book));
        if (sorted.Count > parameters.Top)
        {
            items.Add(FrequencyCurve(sorted));
            items.Add(FrequentOrNot(sorted, parameters.Frequent));
        }
        items.AddRange(counts.Known.Where(split => counts.UnseenIn(split) > 0).Select(split => new Warning("classes_not_in_train",
            new Dictionary<string, object> { ["split"] = split, ["count"] = counts.UnseenIn(split) })));
        return new([.. items]);
    }

    private static Grid SplitGrid(LabelCounts counts) => new("classes_by_split",
        [new("split"), new("rows"), new("classes"), new("classes_not_in_train"), new("majority_accuracy", ValueFormat.Percent)],
        [.. counts.Known.Select(split => new object?[]
        {
            split, counts.RowsIn(split), counts.ClassesIn(split), counts.UnseenIn(split), counts.MajorityAccuracy(split),
        })]);

    private static Grid CountsGrid(LabelCounts counts, int top, LabelMeanings book) => new("rows_by_class_and_split",
        [new("class", ValueFormat.Code), .. counts.Known.Select(split => new GridColumn(split, ValueFormat.Integer))],
        [.. counts.Sorted.Take(top).Select(entry => (IReadOnlyList<object?>)
            [book.Named(entry.Label), .. counts.Known.Select(split => (object)counts.In(split, entry.Label))])]);

    // Shares, not counts: splits differ in size.
    private static BarFigure TopFigure(LabelCounts counts, int top, LabelMeanings book)
    {
        string[] labels = [.. counts.Sorted.Take(top).Select(entry => entry.Label)];
        BarSeries[] series = counts.Known.Any()
            ? [.. counts.Known
                .Select(split => new BarSeries(split, [.. labels.Select(label => counts.In(split, label) / (double)counts.RowsIn(split))]))]
            : [new("rows", [.. counts.Sorted.Take(top).Select(entry => entry.Count / (double)counts.Rows)])];
        return new(CardNames.MostFrequentClasses, "class", "share", [.. labels.Select(book.Named)], series, ValueFormat.Percent);
    }

    private static LineFigure FrequencyCurve(IReadOnlyList<(string Label, long Count)> sorted)
    {
        var step = Math.Max(1, sorted.Count / MaxPointsOfACurve);
        int[] ranks = [.. Enumerable.Range(0, sorted.Count).Where(rank => rank % step == 0)];
        return new("class_frequencies", "rank", "rows",
            [new("rows", [.. ranks.Select(rank => rank + 1.0)], [.. ranks.Select(rank => (double)sorted[rank].Count)])]);
    }

    private static BarFigure FrequentOrNot(IReadOnlyList<(string Label, long Count)> sorted, int frequent) =>
        new("frequent_and_rare_classes", "rows", "classes",
        [$"≥ {frequent}", $"< {frequent}"],
        [new("classes", [sorted.Count(entry => entry.Count >= frequent), sorted.Count(entry => entry.Count < frequent)])],
        ValueFormat.Integer);
}
