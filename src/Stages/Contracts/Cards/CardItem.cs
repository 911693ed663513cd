using System.Text.Json.Serialization;

namespace Pipelines.Stages.Contracts.Cards;

/// <summary>One thing a card says. A new sort is a record here with its line below, and, for a figure, its drawing.</summary>
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
[JsonDerivedType(typeof(NetworkFigure), "network")]
[JsonDerivedType(typeof(Formula), "formula")]
public abstract record CardItem(string Name)
{
    /// <summary>The keys that need words, its name first. A warning has a sentence instead.</summary>
    public abstract IEnumerable<string> Keys();

    /// <summary>The same with every text renamed that may hold a reference to a source (<see cref="SourceName"/>).</summary>
    public abstract CardItem Rename(Func<string, string> rename);
}

/// <summary>An item that is drawn.</summary>
public abstract record Figure(string Name) : CardItem(Name)
{
    /// <summary>Its numbers as a table, for those who cannot see it and those who want to know exactly.</summary>
    public abstract Grid ToGrid();
}

/// <summary>How a number is shown; <c>Auto</c>: whole numbers with thousands separators, others with three decimals.</summary>
public enum ValueFormat
{
    Auto,
    Integer,
    Decimal,
    Percent,

    /// <summary>A difference of shares in percentage points, with its sign.</summary>
    Points,
    Seconds,

    /// <summary>Set in a fixed-width font.</summary>
    Code,

    /// <summary>A tick or a cross, from a bool.</summary>
    Check,

    /// <summary>A probability of an error; one that is too small to show is not shown as none.</summary>
    PValue,

    /// <summary>Words with signed scores, from a string: <c>moto (+2.89) · avec (−0.31)</c>.</summary>
    Scores,
}
