using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Stages.Kinds.Tokenize;

/// <summary>Cuts texts into the tokens that a pretrained encoder was trained on.</summary>
[Stage("tokenize/encoder", Version = 2)]
public sealed class TokenizeEncoder : Stage<TokenizeEncoder.Inputs, TokenizeEncoder.Params, TokenizeEncoder.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Text, Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows,
        Model Encoder);

    public sealed record Params(int? Length = null);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Ids, Columns.Length)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        TokenizedRows.CheckNotTokenized(inputs.Rows);
        var most = TransformerEncoder.ConfigOf(inputs.Encoder).MaxTokens;
        if (parameters.Length > most)
            throw new StageException($"Texts of {parameters.Length} tokens are asked for, and the encoder has {most} positions.")
            {
                Help = "Leave `length` out: texts are then cut off where the positions end.",
                Parameter = "length",
            };
        var encoding = inputs.Encoder.Encoding;
        var tokenizer = TextPreprocessor.From(encoding).Tokenizer;
        var tokenized = new TokenizedRows(
            inputs.Rows, tokenizer, tokenizer.Encode, context, truncation: new(parameters.Length ?? most));
        var rows = await tokenized.WriteAsync(TextPreprocessor.TokenizerOf(encoding)!, cancellation).ConfigureAwait(false);
        var card = new CardContent([.. tokenized.CardItems()]);
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }
}
