using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Kinds.Label;

/// <summary>Numbers the labels as classes, in alphabetical order or the one given.</summary>
[Stage("label/classes", Version = 2)]
public sealed class LabelClasses : Stage<LabelClasses.Inputs, LabelClasses.Params, LabelClasses.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Label, Columns.Text + "?", Columns.Raw + "?", Columns.Split + "?", Columns.Ids + "?", Columns.Length + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(
        IReadOnlyList<string>? Order = null, UnknownLabels Unknown = UnknownLabels.Error, string UnknownName = "<UNK>",
        FitSplit Fit = FitSplit.Train);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Target)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        string ClassOf(string label) => ClassLabels.ClassOf(label, length: null, upperCase: false);
        var counts = await ClassCounts.OfAsync(inputs.Rows, ClassOf, parameters.Fit, cancellation).ConfigureAwait(false);
        // A pipeline file may be written on another system than its data.
        string[]? order = parameters.Order is null ? null : [.. parameters.Order.Select(Normalization.Nfc)];
        if (order?.CountBy(name => name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
            throw new StageException($"The class '{twice}' stands twice in the order.") { Parameter = "order" };

        var labels = ClassLabels.Of(
            order ?? [.. counts.Fitted.Keys], UnknownClass.NameOf(parameters.Unknown, parameters.UnknownName, counts));
        var (rows, card) = await LabelledRows.WriteAsync(
            inputs.Rows, ClassLabels.ClassesKind, labels, counts, context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
