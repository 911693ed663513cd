using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>How often labels are right to give, and how often they are given.</summary>
internal static class Bars
{
    public static BarFigure OfLabels(FindingData data, IReadOnlyList<string> labels) => new(
        "finding_labels", Columns.Label, "count", labels,
        [
            new("finding_rows", [.. labels.Select(label => (double)data.Answers.LongCount(answer => answer.Label == label))]),
            new("finding_answers", [.. labels.Select(label => (double)data.Answers.LongCount(answer => answer.Predicted == label))]),
        ],
        ValueFormat.Integer);
}
