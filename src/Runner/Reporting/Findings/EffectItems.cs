using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Findings.Rules;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>What each axis of a sweep changes, as a table and a figure.</summary>
internal static class EffectItems
{
    /// <summary>What the chapter of sweeps is called where items are looked for.</summary>
    public const string Stage = "sweep";

    public const string Table = "effects";

    /// <summary>Empty where no value was tried more than once: then nothing tells an effect from chance.</summary>
    public static IReadOnlyList<CardItem> Of(IReadOnlyList<AxisEffect> effects)
    {
        List<IReadOnlyList<object?>> rows = [.. effects.SelectMany(Rows)];
        if (rows.Count == 0)
            return [];
        var format = effects[0].Metric.Format;
        var difference = format == ValueFormat.Percent ? ValueFormat.Points : ValueFormat.Decimal;
        return
        [
            new Grid(Table,
                [
                    new("axis", ValueFormat.Code), new("from_value", ValueFormat.Code), new("to_value", ValueFormat.Code),
                    new("mean_before", format), new("mean_after", format), new("difference", difference), new("interval_low", difference),
                    new("interval_high", difference), new("pairs", ValueFormat.Integer), new("measurable", ValueFormat.Check),
                ], rows),
            .. effects.Where(effect => Rows(effect).Any()).Select(SettingEffect.Figure),
        ];
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(AxisEffect effect) =>
        from value in effect.Values.Skip(1)
        let found = effect.Values[0].DifferenceTo(value)
        where found is not null
        select (IReadOnlyList<object?>)
            [effect.Axis, effect.Values[0].Name, value.Name, effect.Values[0].Mean, value.Mean, found.Mean, found.Low, found.High,
                found.Pairs, found.IsMeasurable];
}
