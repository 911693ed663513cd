using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Kinds.Tokenize;

/// <summary>Cuts texts into the pieces of a SentencePiece unigram model.</summary>
[Stage("tokenize/sentencepiece", Version = 3)]
public sealed class TokenizeSentencepiece : Stage<TokenizeSentencepiece.Inputs, TokenizeSentencepiece.Params, TokenizeSentencepiece.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Text, Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(InputFile Model, SentencePieceLayout Layout = SentencePieceLayout.Plain);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Ids, Columns.Length)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        TokenizedRows.CheckNotTokenized(inputs.Rows);
        var encoder = await OpenAsync(parameters, cancellation).ConfigureAwait(false);
        var tokenized = new TokenizedRows(inputs.Rows, encoder, encoder.Encode, context);
        var rows = await tokenized.WriteAsync(new(SentencePieceTokenizer.Kind, encoder.ToSettings()), cancellation).ConfigureAwait(false);
        var card = new CardContent([.. tokenized.CardItems()]);
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static async Task<SentencePieceTokenizer> OpenAsync(Params parameters, CancellationToken cancellation)
    {
        var model = await File.ReadAllBytesAsync(parameters.Model.Path, cancellation).ConfigureAwait(false);
        try
        {
            return SentencePieceTokenizer.Of(model, parameters.Layout);
        }
        catch (StageException error)
        {
            throw new StageException(
                $"{Path.GetFileName(parameters.Model.Path)}: " +
                    $"{error.Message}")
            {
                Help = "Unigram models without byte_fallback are read, such as CamemBERT's.",
                Parameter = "model"
            };
        }
        // The package meets files of other kinds in many ways; only exhausted memory is something else.
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new StageException($"{Path.GetFileName(parameters.Model.Path)} is not a SentencePiece unigram model: {error.Message}")
            {
                Help = "Expected the .model file that belongs to the language model.",
                Parameter = "model",
            };
        }
    }
}
