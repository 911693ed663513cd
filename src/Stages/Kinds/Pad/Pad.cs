using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Pad;

/// <summary>Gives all id lists one length, as Keras' pad_sequences.</summary>
[Stage("pad", Version = 1)]
public sealed class Pad : Stage<Pad.Inputs, Pad.Params, Pad.Outputs>
{
    public sealed record Inputs([Reads(Columns.Ids, Columns.Length + "?", Columns.Text + "?", Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?", Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(
        int? Length = null, PaddingSide Padding = PaddingSide.Post, PaddingSide Truncating = PaddingSide.Post, int? Value = null,
        FitSplit Fit = FitSplit.Train);

    public sealed record Outputs([Writes(Columns.Ids, Columns.Length)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var encoder = TextPreprocessor.From(inputs.Rows.Encoding);
        if (encoder.Padding is not null)
            throw new StageException("These rows are padded already.") { Help = "Take the rows from a stage before the other pad." };
        var length = parameters.Length ?? await LongestAsync(inputs.Rows, parameters.Fit, cancellation).ConfigureAwait(false);
        var padding = new Padding(length, parameters.Padding, parameters.Truncating, parameters.Value ?? encoder.PadId);

        var padded = new PaddedRows(inputs.Rows, padding, encoder.Tokenizer, context);
        var encoding = inputs.Rows.Encoding.With(new(Padding.Kind, padding.ToSettings()));
        var rows = await context.Write.TableAsync(encoding, padded.BatchesAsync(cancellation), cancellation).ConfigureAwait(false);
        return new(rows, await context.Write.CardAsync(padded.Card(), cancellation).ConfigureAwait(false));
    }

    /// <summary>The longest fitted row, at least 1 so that a model has something to read.</summary>
    private static async Task<int> LongestAsync(Table rows, FitSplit fit, CancellationToken cancellation)
    {
        var longest = 1;
        var fitted = 0L;
        await foreach (var batch in rows.ReadAsync([Columns.Ids, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var ids = batch.Lists<int>(Columns.Ids);
            var split = batch.SplitOf();
            for (var row = 0; row < batch.Count; row++)
                if (fit.IsFitted(split(row)))
                {
                    longest = Math.Max(longest, ids[row].Length);
                    fitted++;
                }
        }
        fit.CheckFitted(fitted, rows.Rows);
        return longest;
    }
}
