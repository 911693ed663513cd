using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables.Files;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Kinds.Tokenize;

/// <summary>Cuts texts into the word pieces of a BERT vocabulary.</summary>
[Stage("tokenize/wordpiece", Version = 2)]
public sealed class TokenizeWordpiece : Stage<TokenizeWordpiece.Inputs, TokenizeWordpiece.Params, TokenizeWordpiece.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Text, Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(InputFile Vocabulary, bool Lower = true, bool? StripAccents = null);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Ids, Columns.Length)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        TokenizedRows.CheckNotTokenized(inputs.Rows);
        var encoder = Open(parameters);
        var tokenized = new TokenizedRows(inputs.Rows, encoder, encoder.Encode, context, encoder.Unaccented);
        var rows = await tokenized.WriteAsync(new(WordPieceTokenizer.Kind, encoder.ToSettings()), cancellation).ConfigureAwait(false);
        var card = new CardContent([.. tokenized.CardItems()]);
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    // As BERT does, accents go when capitals go.
    private static WordPieceTokenizer Open(Params parameters)
    {
        try
        {
            return WordPieceTokenizer.Of(
                [.. TextFile.Lines(parameters.Vocabulary.Path)], parameters.Lower, parameters.StripAccents ?? parameters.Lower);
        }
        catch (ArgumentException error)
        {
            throw new StageException($"{Path.GetFileName(parameters.Vocabulary.Path)} is not a BERT vocabulary: {error.Message}")
            {
                Help = "Expected one token a line, [PAD], [UNK], [CLS], [SEP] and [MASK] among them, none twice.",
                Parameter = "vocabulary",
            };
        }
    }
}
