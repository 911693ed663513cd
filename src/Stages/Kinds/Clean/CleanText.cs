using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Cleaning;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Kinds.Clean;

/// <summary>Cleans texts; every step is switched on by itself.</summary>
[Stage("clean/text", Version = 2)]
public sealed class CleanText : Stage<CleanText.Inputs, CleanText.Params, CleanText.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Text, Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(
        bool Lower = false, bool StripHtml = false, bool RemoveInvisible = false, bool PlainSpaces = false,
        UrlHandling Urls = UrlHandling.Keep, EmojiHandling Emojis = EmojiHandling.Keep, bool RemoveDigits = false,
        Punctuation Punctuation = Punctuation.Keep, bool StripAccents = false, bool StraightApostrophes = false,
        StopList StopList = StopList.None, IReadOnlyList<string>? StopWords = null, bool CollapseWhitespace = true);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Text, Columns.Raw)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        ChangedTexts.CheckBeforeTokenizing(inputs.Rows);
        var cleaner = new TextCleaner(RulesOf(parameters));
        var effects = new long[cleaner.Steps.Count];

        string Clean(string text)
        {
            for (var step = 0; step < effects.Length; step++)
            {
                var cleaned = cleaner.Steps[step].Apply(text);
                if (cleaned != text)
                    effects[step]++;
                text = cleaned;
            }
            return text;
        }

        var changed = new ChangedTexts(inputs.Rows, Clean, context);
        var rows = await changed.WriteAsync(new(TextCleaner.Kind, cleaner.ToSettings()), cancellation).ConfigureAwait(false);
        var steps = new Grid("cleaning_steps",
            [new("step", ValueFormat.Code), new("changed_texts"), new("changed_share", ValueFormat.Percent)],
            [.. cleaner.Steps.Zip(effects, (step, effect) =>
                new object?[] { step.Name, effect, (double)effect / Math.Max(1, rows.Rows) })]);
        var card = new CardContent([steps, .. changed.CardItems()]);
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static CleaningRules RulesOf(Params parameters)
    {
        return new(
            parameters.StripHtml, parameters.RemoveInvisible, parameters.PlainSpaces, parameters.Urls, parameters.StraightApostrophes,
            parameters.Punctuation, parameters.RemoveDigits, parameters.Emojis, parameters.Lower, parameters.StripAccents,
            [.. StopWords.Of(parameters.StopList), .. parameters.StopWords?.Select(Normalization.Nfc) ?? []],
            parameters.CollapseWhitespace);
    }
}
