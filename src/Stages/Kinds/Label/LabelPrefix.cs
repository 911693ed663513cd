using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Stages.Kinds.Label;

/// <summary>Takes the first characters of a label, e.g. the chapter letter of a code, as its class.</summary>
[Stage("label/prefix", Version = 2)]
public sealed class LabelPrefix : Stage<LabelPrefix.Inputs, LabelPrefix.Params, LabelPrefix.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Label, Columns.Text + "?", Columns.Raw + "?", Columns.Split + "?", Columns.Ids + "?", Columns.Length + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(
        int Length = 1, bool UpperCase = false, UnknownLabels Unknown = UnknownLabels.Error, string UnknownName = "<UNK>",
        FitSplit Fit = FitSplit.Train);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Target)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        string ClassOf(string label) => ClassLabels.ClassOf(label, parameters.Length, parameters.UpperCase);
        var counts = await ClassCounts.OfAsync(inputs.Rows, ClassOf, parameters.Fit, cancellation).ConfigureAwait(false);
        var unknown = UnknownClass.NameOf(parameters.Unknown, parameters.UnknownName, counts);
        var labels = ClassLabels.Of(counts.Fitted.Keys, unknown, parameters.Length, parameters.UpperCase);
        var (rows, card) = await LabelledRows.WriteAsync(
            inputs.Rows, ClassLabels.PrefixKind, labels, counts, context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
