using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Kinds.Tokenize;

/// <summary>Splits texts into words and numbers them as Keras' TextVectorization does.</summary>
[Stage("tokenize/words", Version = 2)]
public sealed class TokenizeWords : Stage<TokenizeWords.Inputs, TokenizeWords.Params, TokenizeWords.Outputs>
{
    private const int WordsShown = 20;
    private const double ElisionsWorthAWarning = 0.01;

    public sealed record Inputs(
        [Reads(Columns.Text, Columns.Raw + "?", Columns.Label + "?", Columns.Split + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows);

    public sealed record Params(
        string Unknown = "[UNK]", int? MaxTokens = null, int MinCount = 1, FitSplit Fit = FitSplit.Train,
        Apostrophes Apostrophes = Apostrophes.Keras, Punctuation Punctuation = Punctuation.Remove,
        [DefaultCase("text-vectorization")] WordNumbering? Numbering = null)
    {
        public WordNumbering Numbering { get; init; } = Numbering ?? new WordNumbering.TextVectorization();
    }

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Ids, Columns.Length)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        TokenizedRows.CheckNotTokenized(inputs.Rows);
        var rules = new WordRules(parameters.Apostrophes, parameters.Punctuation);
        var (counts, elisions) = await CountAsync(inputs.Rows, parameters, rules, cancellation).ConfigureAwait(false);
        var tokenizer = WordTokenizer.Fit(
            counts, rules, parameters.Unknown, parameters.MaxTokens, parameters.MinCount, parameters.Numbering);
        var atPrediction = AtPrediction(tokenizer, counts, parameters);

        var unknown = new WordCounts();
        var tokenized = new TokenizedRows(inputs.Rows, tokenizer, (text, ids) => tokenizer.Encode(text, ids, unknown), context);
        var rows = await tokenized.WriteAsync(new(WordTokenizer.Kind, atPrediction.ToSettings()), cancellation).ConfigureAwait(false);
        var card = new CardContent([
            new Fact("distinct_words", counts.Distinct), .. tokenized.CardItems(),
            Words("frequent_words", counts), Words("unknown_words", unknown),
            .. atPrediction == tokenizer ? [] : Misread(tokenizer, atPrediction),
            .. elisions.Share(inputs.Rows.Rows) >= ElisionsWorthAWarning ? [elisions.Warning()] : Array.Empty<CardItem>()]);
        return new(rows, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static WordTokenizer AtPrediction(WordTokenizer tokenizer, WordCounts counts, Params parameters) =>
        parameters.Numbering is WordNumbering.Imdb { Mode: ImdbMode.Faithful } imdb
            ? WordTokenizer.ByRank(counts, tokenizer.Vocabulary.Count, parameters.Unknown, parameters.MinCount, imdb.Oov)
            : tokenizer;

    // What a model was trained to read under the number that a word gets when a text is predicted. The most frequent words, those of
    // grammar, would tell less.
    private static IEnumerable<CardItem> Misread(WordTokenizer tokenizer, WordTokenizer atPrediction)
    {
        var words = tokenizer.Vocabulary.Index().Where(word => word.Index > tokenizer.UnknownId).Skip(WordsShown).Take(WordsShown);
        var rows = words.Select(word => atPrediction.Tokens(word.Item) is [var read] && read.Id != word.Index
            ? new object?[] { word.Item, word.Index, read.Id, tokenizer.Vocabulary[read.Id] }
            : null).OfType<object?[]>().ToList();
        if (rows.Count == 0)
            yield break;
        yield return new Grid("misread_words",
            [new("word", ValueFormat.Code), new("id", ValueFormat.Integer), new("id_at_prediction", ValueFormat.Integer),
                new("read_as", ValueFormat.Code)], rows);
        yield return new Warning("misread_words", new Dictionary<string, object> { ["word"] = rows[0][0]!, ["read"] = rows[0][^1]! });
    }

    private static async Task<(WordCounts Counts, GluedElisions Elisions)> CountAsync(
        Table rows, Params parameters, WordRules rules, CancellationToken cancellation)
    {
        var counts = new WordCounts();
        var elisions = new GluedElisions(rules);
        var fitted = 0L;
        await foreach (var batch in rows.ReadAsync([Columns.Text, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var texts = batch.Values<string>(Columns.Text);
            var split = batch.SplitOf();
            for (var row = 0; row < batch.Count; row++)
            {
                var text = texts[row] ?? "";
                elisions.Note(text);
                if (!parameters.Fit.IsFitted(split(row)))
                    continue;
                WordTokenizer.Count(text, rules, counts);
                fitted++;
            }
        }
        parameters.Fit.CheckFitted(fitted, rows.Rows);
        return (counts, elisions);
    }

    private static Grid Words(string name, WordCounts counts) => new(name,
        [new("word", ValueFormat.Code), new("count"), new("share", ValueFormat.Percent)],
        [.. counts.Ranked().Take(WordsShown).Select(word => new object?[] { word.Key, word.Value, (double)word.Value / counts.Total })]);

    /// <summary>Texts whose <c>l'artère</c> Keras' rules would glue to <c>lartère</c>.</summary>
    private sealed class GluedElisions(WordRules rules)
    {
        private long _texts;
        private string? _example;

        public void Note(string text)
        {
            var glues = rules is { Apostrophes: Apostrophes.Keras, Punctuation: Punctuation.Remove };
            if (!glues || FrenchElision.Find(text) is not { } word)
                return;
            _texts++;
            _example ??= word;
        }

        public double Share(long texts) => texts == 0 ? 0 : (double)_texts / texts;

        public Warning Warning() => new("glued_elisions", new Dictionary<string, object> { ["texts"] = _texts, ["example"] = _example! });
    }
}
