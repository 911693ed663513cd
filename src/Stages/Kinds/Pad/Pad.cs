using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Stages.Kinds.Pad;

/// <summary>Gives all id lists one length, as Keras' pad_sequences.</summary>
[Stage("pad", Version = 1)]
public sealed class Pad : Stage<Pad.Inputs, Pad.Params, Pad.Outputs>
{
    /// <summary>Two gigabytes of ids.</summary>
    private const long MaxIds = 1L << 29;

    public sealed record Inputs(
        [Reads(Columns.Ids, Columns.Length + "?", Columns.Text + "?", Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?",
            Columns.Target + "?", Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(
        int? Length = null, PaddingSide Padding = PaddingSide.Post, PaddingSide Truncating = PaddingSide.Post, int? Value = null,
        FitSplit Fit = FitSplit.Train);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Ids, Columns.Length)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var encoder = TextPreprocessor.From(inputs.Rows.Encoding);
        if (encoder.Padding is not null)
            throw new StageException("These rows are padded already.") { Help = "Take the rows from a stage before the other pad." };
        var length = parameters.Length ?? await FittedLengthAsync(inputs.Rows, parameters.Fit, cancellation).ConfigureAwait(false);
        CheckSize(inputs.Rows.Rows, length, "");
        var padding = new Padding(length, parameters.Padding, parameters.Truncating, parameters.Value ?? encoder.PadId);

        var padded = new PaddedRows(inputs.Rows, padding, encoder.Tokenizer, context);
        var encoding = inputs.Rows.Encoding.With(new(Padding.Kind, padding.ToSettings()));
        var rows = await context.Write.TableAsync(encoding, padded.BatchesAsync(cancellation), cancellation).ConfigureAwait(false);
        return new(rows, await context.Write.CardAsync(padded.Card(), cancellation).ConfigureAwait(false));
    }

    private static async Task<int> FittedLengthAsync(Table rows, FitSplit fit, CancellationToken cancellation)
    {
        var lengths = await IdLengths.OfAsync(rows, fit, cancellation).ConfigureAwait(false);
        CheckSize(rows.Rows, lengths.Longest, " " + lengths.Sentence);
        return lengths.Longest;
    }

    // Before memory is taken: one text of a book's length would make all others as long.
    private static void CheckSize(long rows, int length, string why)
    {
        if (rows * length > MaxIds)
            throw new StageException(FormattableString.Invariant(
                $"{rows:N0} texts of {length:N0} ids are {rows * length:N0} numbers; more than {MaxIds:N0} are not written.{why}"))
            {
                Help = "Give a smaller length: longer texts are then cut.",
                Parameter = "length",
            };
    }
}
