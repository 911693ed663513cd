namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Curves over a common axis, e.g. loss by epoch.</summary>
/// <param name="MarkX">An x to mark with a vertical line, e.g. the best epoch.</param>
/// <param name="MarkName">Key of the mark's label.</param>
public sealed record LineFigure(
    string Name, string X, string Y, IReadOnlyList<LineSeries> Series, double? MarkX = null, string? MarkName = null, ValueFormat? Format = null) : CardItem(Name);

/// <param name="Deviation">Drawn as a whisker up and down from each point, of this length; null: none.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? Deviation = null)
{
    /// <summary>Whether the whisker of a point can be drawn.</summary>
    public bool HasWhisker(int point) => Deviation is not null && double.IsFinite(Deviation[point]) && double.IsFinite(Y[point]);
}

/// <summary>One bar a category and series; categories are data (class names), series names are keys.</summary>
public sealed record BarFigure(
    string Name, string X, string Y, IReadOnlyList<string> Categories, IReadOnlyList<BarSeries> Series, ValueFormat Format = ValueFormat.Auto)
    : CardItem(Name);

public sealed record BarSeries(string Name, IReadOnlyList<double> Values);

/// <summary>Counts between consecutive edges (one more edge than counts), with an optional cut line.</summary>
public sealed record HistogramFigure(
    string Name, string X, IReadOnlyList<double> Edges, IReadOnlyList<long> Counts, double? MarkX = null, string? MarkName = null) : CardItem(Name);

/// <summary>Cells by row and column, e.g. a confusion matrix (rows true, columns predicted) or attention weights.</summary>
public sealed record HeatmapFigure(
    string Name, string RowAxis, string ColumnAxis, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<double>> Values, ValueFormat Format = ValueFormat.Auto) : CardItem(Name);

/// <summary>Labelled points in the plane, coloured by group.</summary>
public sealed record ScatterFigure(string Name, string X, string Y, IReadOnlyList<ScatterPoint> Points) : CardItem(Name);

public sealed record ScatterPoint(string Label, string Group, double X, double Y);

/// <summary>Texts whose tokens carry a signed weight, e.g. attributions of a predicted class.</summary>
public sealed record TokensFigure(string Name, IReadOnlyList<TokensRow> Rows) : CardItem(Name);

/// <param name="Scores">One a token, positive: speaks for <paramref name="Predicted"/>.</param>
/// <param name="Delta">Completeness error of the attribution, when the method has one.</param>
public sealed record TokensRow(
    string Text, string? Expected, string Predicted, double Confidence, IReadOnlyList<string> Tokens, IReadOnlyList<double> Scores, double? Delta = null);

/// <summary>Values with their intervals, one under the other, so that it is seen which overlap.</summary>
/// <param name="MarkX">An x to mark with a vertical line, e.g. no difference.</param>
public sealed record IntervalFigure(
    string Name, string X, IReadOnlyList<IntervalRow> Rows, ValueFormat Format = ValueFormat.Auto, double? MarkX = null) : CardItem(Name);

/// <param name="Label">Data, such as the name of a model.</param>
public sealed record IntervalRow(string Label, double Value, double Low, double High);
