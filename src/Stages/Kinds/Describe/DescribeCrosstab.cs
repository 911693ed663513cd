using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Kinds.Describe;

/// <summary>Counts how often the values of two columns occur together.</summary>
[Stage("describe/crosstab", Version = 2)]
public sealed class DescribeCrosstab : Stage<DescribeCrosstab.Inputs, DescribeCrosstab.Params, DescribeCrosstab.Outputs>
{
    public sealed record Inputs([Reads("{rows}", "{columns}")] Table Table);

    public sealed record Params(string Columns, string Rows = "label", int Top = 20);

    public sealed record Outputs(Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        if (parameters.Rows == parameters.Columns)
            throw new StageException($"rows and columns are both '{parameters.Rows}'") { Parameter = "columns" };
        var counts = await Crosstab.CountAsync(inputs.Table, parameters.Rows, parameters.Columns, cancellation).ConfigureAwait(false);
        if (counts.Total == 0)
            throw new StageException("there are no rows to describe");
        var shown = counts.Top(parameters.Top);
        Dictionary<string, double> metrics = new(StringComparer.Ordinal) { ["chi_square"] = counts.ChiSquare() };
        if (counts.CramersV() is { } association)
            metrics["cramers_v"] = association;
        return new(
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(CardOf(counts, shown), cancellation).ConfigureAwait(false));
    }

    private static CardContent CardOf(Crosstab all, Crosstab shown)
    {
        List<CardItem> items =
        [
            .. all.CramersV() is { } association ? [new Fact("cramers_v", association, ValueFormat.Decimal)] : Array.Empty<CardItem>(),
            new HeatmapFigure("counts_together", "rows", "columns", shown.Rows, shown.Columns, Values(shown, share: false),
                ValueFormat.Integer),
            new HeatmapFigure("shares_of_rows", "rows", "columns", shown.Rows, shown.Columns, Values(shown, share: true),
                ValueFormat.Percent),
            new Grid("most_frequent_pairs", [new("row", ValueFormat.Code), new("column", ValueFormat.Code), new("count"),
                    new("share", ValueFormat.Percent), new("expected", ValueFormat.Decimal)],
                [.. all.Pairs().Take(10).Select(pair => new object?[]
                {
                    pair.Row, pair.Column, pair.Count, pair.Count / (double)all.Total, all.Expected(pair.Row, pair.Column),
                })]),
        ];
        if (shown.Total < all.Total)
            items.Add(new Warning("values_not_shown", new Dictionary<string, object> { ["count"] = all.Total - shown.Total }));
        return new([.. items]);
    }

    private static IReadOnlyList<IReadOnlyList<double>> Values(Crosstab table, bool share) =>
        [.. table.Rows.Select(row => (IReadOnlyList<double>)[.. table.Columns.Select(column =>
            share ? table.Count(row, column) / (double)Math.Max(1, table.OfRow(row)) : table.Count(row, column))])];
}
