using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Lemmas;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Kinds.Lemmatize;

/// <summary>Puts the words of texts in their base form.</summary>
[Stage("lemmatize", Version = 2)]
public sealed class Lemmatize : Stage<Lemmatize.Inputs, Lemmatize.Params, Lemmatize.Outputs>
{
    private const int WordsShown = 20;

    public sealed record Inputs(
        [Reads(Columns.Text, Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(LemmaLanguage Language, LemmaMethod Method = LemmaMethod.Hunspell);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Text, Columns.Raw)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        ChangedTexts.CheckBeforeTokenizing(inputs.Rows);
        var lemmatizer = Lemmatizer.Create(parameters.Method, parameters.Language);
        var all = new WordCounts();
        var unknown = new WordCounts();

        void Note(string word, string? lemma)
        {
            all.Add(word);
            if (lemma is null)
                unknown.Add(word);
        }

        var changed = new ChangedTexts(inputs.Rows, text => lemmatizer.Apply(text, Note), context);
        var rows = await changed.WriteAsync(new(Lemmatizer.Kind, lemmatizer.ToSettings()), cancellation).ConfigureAwait(false);
        var card = new CardContent([
            .. changed.CardItems(),
            new Fact("unknown_words_share", (double)unknown.Total / Math.Max(1, all.Total), ValueFormat.Percent),
            Lemmas(all, lemmatizer),
            new Grid("words_without_lemma", [new("word", ValueFormat.Code), new("count")],
                [.. unknown.Ranked().Take(WordsShown).Select(word => new object?[] { word.Key, word.Value })])]);
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static Grid Lemmas(WordCounts words, Lemmatizer lemmatizer) => new("changed_words",
        [new("word", ValueFormat.Code), new("lemma", ValueFormat.Code), new("count")],
        [.. words.Ranked()
            .Select(word => (word.Key, Lemma: lemmatizer.LemmaOf(word.Key), word.Value))
            .Where(word => !word.Lemma.Equals(word.Key, StringComparison.OrdinalIgnoreCase))
            .Take(WordsShown)
            .Select(word => new object?[] { word.Key, word.Lemma, word.Value })]);
}
