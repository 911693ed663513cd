using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Kinds.Tokenize;

/// <summary>Numbers the characters of texts, spaces included.</summary>
[Stage("tokenize/characters", Version = 2)]
public sealed class TokenizeCharacters : Stage<TokenizeCharacters.Inputs, TokenizeCharacters.Params, TokenizeCharacters.Outputs>
{
    private const int CharactersShown = 20;

    public sealed record Inputs(
        [Reads(Columns.Text, Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(string Unknown = "[UNK]", int MinCount = 1, bool Lower = true, FitSplit Fit = FitSplit.Train);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Ids, Columns.Length)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        TokenizedRows.CheckNotTokenized(inputs.Rows);
        var counts = new WordCounts();
        var fitted = 0L;
        await foreach (var batch in inputs.Rows.ReadAsync([Columns.Text, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var texts = batch.Values<string>(Columns.Text);
            var split = batch.SplitOf();
            for (var row = 0; row < batch.Count; row++)
                if (parameters.Fit.IsFitted(split(row)))
                {
                    CharacterTokenizer.Count(texts[row] ?? "", parameters.Lower, counts);
                    fitted++;
                }
        }
        parameters.Fit.CheckFitted(fitted, inputs.Rows.Rows);

        var tokenizer = CharacterTokenizer.Fit(counts, parameters.Unknown, parameters.MinCount, parameters.Lower);
        var tokenized = new TokenizedRows(inputs.Rows, tokenizer, tokenizer.Encode, context);
        var rows = await tokenized.WriteAsync(new(CharacterTokenizer.Kind, tokenizer.ToSettings()), cancellation).ConfigureAwait(false);
        var top = new Grid("frequent_characters", [new("character", ValueFormat.Code), new("count"), new("share", ValueFormat.Percent)],
            [.. counts.Ranked().Take(CharactersShown)
                .Select(character => new object?[] { character.Key, character.Value, (double)character.Value / counts.Total })]);
        var card = new CardContent([.. tokenized.CardItems(), top]);
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }
}
