using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>All that the page of a comparison prints.</summary>
/// <param name="Lead">How many stages differ, in one sentence.</param>
internal sealed record ComparisonModel(
    string Language, string Title, ComparedSide First, ComparedSide Second, string Lead, IReadOnlyList<string> Notes, TableView? Metrics, TableView? Parameters,
    IReadOnlyList<string> Others)
{
    public static ComparisonModel Of(Comparison comparison, Language language)
    {
        var stages = comparison.Stages;
        var metrics = stages.SelectMany(stage => stage.Metrics.Select(metric => (IReadOnlyList<object?>)
            [stage.Id, metric.Name, metric.Before, metric.After, metric.After - metric.Before is { } difference ? Signed(difference, language) : null])).ToList();
        var parameters = stages.SelectMany(stage => stage.Changes.Select(change => (IReadOnlyList<object?>)[stage.Id, change.Name, change.Old, change.New])).ToList();
        return new(
            language.Code, $"{Name(comparison.First)} → {Name(comparison.Second)}", comparison.First, comparison.Second,
            stages.Count == 0 ? language.Phrase("comparison_same") : language.Phrase("comparison_differs", ("count", language.Numbers.Of(stages.Count))),
            comparison.Notes, Table("metrics", ["metric", "difference"], metrics), Table("parameters", ["parameter"], parameters), [.. stages.SelectMany(Others)]);

        string Name(ComparedSide side) => side.Name ?? language.Phrase("comparison_now");

        TableView? Table(string name, string[] columns, List<IReadOnlyList<object?>> rows) => rows.Count == 0 ? null : TableView.Of(
            new(name, [new("stage", ValueFormat.Code), new(columns[0], ValueFormat.Code), new("before"), new("after"), .. columns.Skip(1).Select(column => new GridColumn(column))], rows), language);

        IEnumerable<string> Others(ComparedStage stage)
        {
            if (stage.OnlyIn is { } side)
                yield return language.Phrase(side == "the first" ? "comparison_only_first" : "comparison_only_second", ("stage", stage.Id));
            if (stage.Data.Count > 0)
                yield return language.Phrase("comparison_data", ("stage", stage.Id), ("names", string.Join(", ", stage.Data)));
        }
    }

    private static string Signed(double difference, Language language) => (difference < 0 ? "−" : "+") + language.Numbers.Of(Math.Abs(difference));
}
