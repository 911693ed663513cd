using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>All that the page of a comparison prints.</summary>
/// <param name="Lead">How many stages differ, in one sentence.</param>
internal sealed record ComparisonModel(
    string Language, string Title, ComparedSide First, ComparedSide Second, string Lead, IReadOnlyList<string> Notes, TableView? Metrics,
    TableView? Parameters, IReadOnlyList<string> Others)
{
    public static ComparisonModel Of(Comparison comparison, Language language)
    {
        var stages = comparison.Stages;
        var parameters = stages.SelectMany(stage =>
            stage.Changes.Select(change => (IReadOnlyList<object?>)[stage.Id, change.Name, change.Old, change.New])).ToList();
        return new(
            language.Code, $"{Name(comparison.First)} → {Name(comparison.Second)}", comparison.First, comparison.Second,
            stages.Count == 0
                ? language.Phrase("comparison_same")
                : language.Phrase("comparison_differs", ("count", language.Numbers.Of(stages.Count))),
            comparison.Notes, MetricsOf(stages, language), Table("parameters", parameters),
            [
                .. Only("the first", comparison.First), .. Only("the second", comparison.Second),
                .. stages.Where(stage => stage.Data.Count > 0).Select(stage => language.Phrase(
                    "comparison_data", ("stage", stage.Id), ("names", string.Join(", ", stage.Data)))),
            ]);

        string Name(ComparedSide side) => side.Name ?? language.Phrase("comparison_now");

        TableView? Table(string name, List<IReadOnlyList<object?>> rows) => rows.Count == 0 ? null : TableView.Of(
            new(name, [new("stage", ValueFormat.Code), new("parameter", ValueFormat.Code), new("before"), new("after")], rows), language);

        IEnumerable<string> Only(string place, ComparedSide side)
        {
            if (stages.Where(stage => stage.OnlyIn == place).Select(stage => stage.Id).ToList() is { Count: > 0 } there)
                yield return language.Phrase("comparison_only", ("name", Name(side)), ("stages", string.Join(", ", there)));
        }
    }

    // Every line is another metric: a count among shares keeps its own form.
    private static TableView? MetricsOf(IReadOnlyList<ComparedStage> stages, Language language)
    {
        IReadOnlyList<Cell>[] rows = [.. stages.SelectMany(stage => stage.Metrics.Select(metric => (IReadOnlyList<Cell>)
        [
            new(stage.Id, "code"), new(metric.Name, "code"), Number(metric.Before, StyleOf(metric)), Number(metric.After, StyleOf(metric)),
            DifferenceOf(metric, language),
        ]))];
        return rows.Length == 0
            ? null
            : new([Head("stage", "code"), Head("metric", "code"), Head("before", "num"), Head("after", "num"), Head("difference", "num")],
                rows, null);

        Cell Head(string key, string kind) => new(Wording.Language.Capitalized(language.Word(key)), kind);

        NumberStyle StyleOf(ComparedMetric metric) =>
            language.Numbers.Apart(ValueFormat.Auto, new[] { metric.Before, metric.After }.OfType<double>());

        Cell Number(double? value, NumberStyle style) =>
            new(value is { } number ? language.Numbers.Of(number, style) : language.Numbers.Of(null), "num");
    }

    // Which way is better is known of usual measures; a word beside the colour says it.
    private static Cell DifferenceOf(ComparedMetric metric, Language language) =>
        metric.After - metric.Before is not { } difference ? new(language.Numbers.Of(null), "num")
        : (Math.Sign(difference) * MetricNames.Direction(metric.Name)) switch
        {
            > 0 => new($"{Signed(difference, language)} {language.Phrase("comparison_better")}", "num yes"),
            < 0 => new($"{Signed(difference, language)} {language.Phrase("comparison_worse")}", "num no"),
            _ => new(Signed(difference, language), "num"),
        };

    private static string Signed(double difference, Language language) =>
        (difference < 0 ? "−" : "+") + language.Numbers.Of(Math.Abs(difference));
}
