using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Tables.Files;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Kinds.Tokenize;

/// <summary>Cuts texts into the word pieces of a BERT vocabulary, which is a file's or learned from the texts.</summary>
[Stage("tokenize/wordpiece", Version = 3)]
public sealed class TokenizeWordpiece : Stage<TokenizeWordpiece.Inputs, TokenizeWordpiece.Params, TokenizeWordpiece.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Text, Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(
        InputFile? Vocabulary = null, bool Lower = true, bool? StripAccents = null, int? Size = null, int MinCount = 2,
        FitSplit Fit = FitSplit.Train)
    {
        public InputFile? Vocabulary { get; init; } = Vocabulary is null == Size is null
            ? throw new StageException(Size is null ? "There is no vocabulary." : "A vocabulary and the size of another are given.")
            {
                Parameter = Size is null ? "vocabulary" : "size",
                Help = "give one: `vocabulary: vocab.txt`, or `size: 8000` to learn one from the texts",
            }
            : Vocabulary;

        // As BERT does, accents go when capitals go.
        internal bool Strips => StripAccents ?? Lower;
    }

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Ids, Columns.Length)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        TokenizedRows.CheckNotTokenized(inputs.Rows);
        var encoder = parameters.Vocabulary is { } file ? Open(file, parameters)
            : await LearnAsync(inputs.Rows, parameters, cancellation).ConfigureAwait(false);
        var tokenized = new TokenizedRows(inputs.Rows, encoder, encoder.Encode, context, encoder.Unaccented);
        var rows = await tokenized.WriteAsync(new(WordPieceTokenizer.Kind, encoder.ToSettings()), cancellation).ConfigureAwait(false);
        var card = new CardContent([.. tokenized.CardItems()]);
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static async Task<WordPieceTokenizer> LearnAsync(Table rows, Params parameters, CancellationToken cancellation)
    {
        WordCounts counts = new();
        var fitted = 0L;
        await foreach (var batch in rows.ReadAsync([Columns.Text, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var (texts, split) = (batch.Values<string>(Columns.Text), batch.SplitOf());
            for (var row = 0; row < batch.Count; row++)
                if (parameters.Fit.IsFitted(split(row)))
                {
                    WordPieceTokenizer.Count(texts[row] ?? "", parameters.Lower, parameters.Strips, counts);
                    fitted++;
                }
        }
        parameters.Fit.CheckFitted(fitted, rows.Rows);
        try
        {
            var vocabulary = WordPieceTraining.Learn(counts.Ranked(), parameters.Size!.Value, parameters.MinCount);
            return WordPieceTokenizer.Of(vocabulary, parameters.Lower, parameters.Strips);
        }
        catch (ArgumentException error)
        {
            throw new StageException($"A vocabulary of {parameters.Size} tokens is too small: {error.Message}.")
            {
                Help = "give `size` some thousands",
                Parameter = "size",
            };
        }
    }

    private static WordPieceTokenizer Open(InputFile file, Params parameters)
    {
        try
        {
            return WordPieceTokenizer.Of([.. TextFile.Lines(file.Path)], parameters.Lower, parameters.Strips);
        }
        catch (ArgumentException error)
        {
            throw new StageException($"{Path.GetFileName(file.Path)} is not a BERT vocabulary: {error.Message}")
            {
                Help = "Expected one token a line, [PAD], [UNK], [CLS], [SEP] and [MASK] among them, none twice.",
                Parameter = "vocabulary",
            };
        }
    }
}
