using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>What a document measured beside what was measured here, then the stages that compare.</summary>
internal sealed class ComparisonSection() : StagesSection(FindingSections.Comparison)
{
    public const string Stage = "reference";

    protected override IEnumerable<StageBlock> Foremost(ReportContext context)
    {
        var rows = context.Plan.References.SelectMany(reference => Rows(reference, context)).ToList();
        if (rows.Count == 0)
            return [];
        Grid table = new("references",
            [
                new("measured_thing"), new("in_document", ValueFormat.Decimal), new("here", ValueFormat.Decimal),
                new("reproduced", ValueFormat.Check), new("why"),
            ],
            rows);
        return
        [
            new(context.Numbering.Id("block", Stage), context.Language.Phrase("references_title"), "",
                context.Language.Phrase("references_lead"),
                new BlockBuilder(context.Language, context.Numbering, context.AnswerTexts).Items(Stage, [table])),
        ];
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(ReferenceValue reference, ReportContext context)
    {
        var outcomes = context.Run.Stages.ToDictionary(stage => stage.Id, stage => stage.Outcome, StringComparer.Ordinal);
        var written = context.Language.Text(reference.What);
        foreach (var metric in reference.Metric)
            if (Expectations.Measured(metric, outcomes) is { } value)
            {
                var style = context.Language.Numbers.Apart(ValueFormat.Decimal, [reference.Value, value]);
                yield return
                [
                    reference.Metric.Count == 1 ? written : $"{written} ({metric})", context.Language.Numbers.Of(reference.Value, style),
                    context.Language.Numbers.Of(value, style), Math.Abs(value - reference.Value) <= reference.Within,
                    reference.Why is { } why ? context.Language.Text(why) : context.FindingData.IsSample
                        ? context.Language.Phrase("reference_sample") : null,
                ];
            }
    }
}
