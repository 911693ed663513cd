using System.Text.Json.Serialization;

namespace Pipelines.Stages.Contracts.Cards;

/// <summary>
/// What a stage says in the report, as data without wording: every <c>Name</c> is a key (snake case) that the report's language
/// files translate. Order is the order of appearance.
/// </summary>
public sealed record CardContent(params IReadOnlyList<CardItem> Items);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "item")]
[JsonDerivedType(typeof(Fact), "fact")]
[JsonDerivedType(typeof(Grid), "grid")]
[JsonDerivedType(typeof(Warning), "warning")]
[JsonDerivedType(typeof(LineFigure), "line")]
[JsonDerivedType(typeof(BarFigure), "bars")]
[JsonDerivedType(typeof(HistogramFigure), "histogram")]
[JsonDerivedType(typeof(HeatmapFigure), "heatmap")]
[JsonDerivedType(typeof(ScatterFigure), "scatter")]
[JsonDerivedType(typeof(IntervalFigure), "intervals")]
[JsonDerivedType(typeof(TokensFigure), "tokens")]
public abstract record CardItem(string Name);

/// <summary>One value. <paramref name="Value"/> is a string, bool, int, long or double.</summary>
public sealed record Fact(string Name, object Value, ValueFormat Format = ValueFormat.Auto) : CardItem(Name);

/// <summary>A table of the report. Cells are string, bool, int, long, double or null.</summary>
public sealed record Grid(string Name, IReadOnlyList<GridColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows) : CardItem(Name);

public sealed record GridColumn(string Name, ValueFormat Format = ValueFormat.Auto);

/// <summary>Something the reader must know, e.g. <c>truncated_texts</c> with its numbers.</summary>
public sealed record Warning(string Name, IReadOnlyDictionary<string, object> Values) : CardItem(Name);

/// <summary>How a number is shown; <c>Auto</c>: whole numbers with thousands separators, others with three decimals.</summary>
public enum ValueFormat
{
    Auto,
    Integer,
    Decimal,
    Percent,
    Seconds,

    /// <summary>Set in a fixed-width font.</summary>
    Code,

    /// <summary>A tick or a cross, from a bool.</summary>
    Check,
}
