using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Whether a setting that was tried with several values makes a difference larger than that between seeds.</summary>
internal sealed class SettingEffect : IFindingRule
{
    public string Id => "effect";

    public FindingTopic Topic => FindingTopic.Effects;

    /// <summary>Whether values of a setting were compared on several cells.</summary>
    public static bool IsMeasured(FindingData data) => data.Effects.Any(axis => Compare(axis) is not null);

    public Finding? Of(FindingData data)
    {
        var compared = data.Effects.Select(Compare).OfType<Comparison>().ToList();
        // An axis that matters is told before one that does not.
        return compared.OrderByDescending(one => one.Effect.IsMeasurable).ThenByDescending(one => Math.Abs(one.Effect.Mean))
            .Select(one => FindingOf(one, [.. compared.Where(other => other.Effect.IsMeasurable == one.Effect.IsMeasurable)
                .Select(other => other.Axis.Axis)], data)).FirstOrDefault();
    }

    /// <summary>The best value with the next one, or, where nothing can be told apart, with the last.</summary>
    private static Comparison? Compare(AxisEffect axis)
    {
        var direction = Stages.Contracts.MetricNames.IsLowerBetter(axis.Metric.Name) ? -1 : 1;
        var ranked = axis.Values.OrderByDescending(value => direction * value.Mean).ToList();
        if (ranked[^1].DifferenceTo(ranked[0]) is not { } whole)
            return null;
        return whole.IsMeasurable && ranked[1].DifferenceTo(ranked[0]) is { } step
            ? new(axis, ranked[1], ranked[0], step)
            : new(axis, ranked[^1], ranked[0], whole);
    }

    /// <param name="alike">Axes of which a difference can be measured, or cannot, as of this one.</param>
    private static Finding FindingOf(Comparison one, IReadOnlyList<string> alike, FindingData data)
    {
        var (axis, format) = (one.Axis, one.Axis.Metric.Format);
        var isWeak = !one.Effect.IsMeasurable && axis.SeedDeviation > Math.Abs(one.Effect.Mean);
        return new(FindingRules.RankOfEffect(94, axis.Axis, data), new Dictionary<string, FindingValue>
        {
            ["axis"] = axis.Axis,
            ["axes"] = FindingValue.Names(alike),
            ["names"] = FindingValue.Settings([.. axis.Values.Select(value => value.Name)]),
            ["worse"] = FindingValue.Settings([one.Worse.Name]),
            ["better"] = FindingValue.Settings([one.Better.Name]),
            ["low_mean"] = new(one.Worse.Mean, format),
            ["high_mean"] = new(one.Better.Mean, format),
            ["difference"] = Difference(one.Effect.Mean, format),
            ["low"] = Difference(one.Effect.Low, format),
            ["high"] = Difference(one.Effect.High, format),
            ["pairs"] = one.Effect.Pairs,
            ["seed"] = Deviation(axis.SeedDeviation, format),
        })
        {
            IsMeasurable = one.Effect.IsMeasurable,
            Variant = one.Effect.IsMeasurable ? "_measured" : alike.Count > 1 ? "_axes" : isWeak ? "_seed" : "",
            Figure = Figure(axis),
            Source = new(EffectItems.Stage, EffectItems.Table, FindingSections.Sweep),
        };
    }

    /// <summary>A line for each seed between the values.</summary>
    public static LineFigure Figure(AxisEffect axis)
    {
        var cells = axis.Values.SelectMany(value => value.Measured.Keys).Distinct(StringComparer.Ordinal).ToList();
        return new("finding_effect", axis.Axis, axis.Metric.Name,
            [.. cells.Select(cell => new LineSeries(cell,
                [.. Enumerable.Range(0, axis.Values.Count).Select(i => (double)i)],
                [.. axis.Values.Select(value => value.Measured.TryGetValue(cell, out var measured) ? measured : double.NaN)]))],
            Format: axis.Metric.Format)
        {
            IsDataX = true,
            XNames = [.. axis.Values.Select(value => value.Name)],
        };
    }

    private static FindingValue Difference(double value, ValueFormat format) =>
        format == ValueFormat.Percent ? new(value, ValueFormat.Points) : FindingValue.Decimal(value);

    private static FindingValue Deviation(double? value, ValueFormat format) =>
        value is not { } known ? "" : format == ValueFormat.Percent ? FindingValue.Points(known) : FindingValue.Decimal(known);

    private sealed record Comparison(AxisEffect Axis, AxisValue Worse, AxisValue Better, Pipelines.Stages.Measures.PairedMean Effect);
}
