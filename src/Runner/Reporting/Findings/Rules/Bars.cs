using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Small figures of labels and words.</summary>
internal static class Bars
{
    private const int MaxFirst = 5;

    /// <summary>The first bars of a figure, of its first series.</summary>
    public static BarFigure First(BarFigure figure, string name) => figure with
    {
        Name = name,
        Categories = [.. figure.Categories.Take(MaxFirst)],
        Series = [figure.Series[0] with { Name = "share", Values = [.. figure.Series[0].Values.Take(MaxFirst)] }],
    };

    /// <summary>How often labels are right to give, and how often they are given.</summary>
    public static BarFigure OfLabels(FindingData data, IReadOnlyList<string> labels) => new(
        "finding_labels", Columns.Label, "count", labels,
        [
            new("finding_rows", [.. labels.Select(label => (double)data.Answers.LongCount(answer => answer.Label == label))]),
            new("finding_answers", [.. labels.Select(label => (double)data.Answers.LongCount(answer => answer.Predicted == label))]),
        ],
        ValueFormat.Integer);
}
