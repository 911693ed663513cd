using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class TokenizeWordsTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Vocabulary_comes_from_training_rows_alone()
    {
        var outputs = await TokenizeAsync(new(), ("train", "foo bar", "a"), ("test", "bar qux", "b"));
        var rows = await outputs.ResultAsync();

        Assert.Equal(["", "[UNK]", "foo", "bar"], TextPreprocessor.From(outputs.Encoding()).Tokenizer.Vocabulary);
        Assert.Equal([[2, 3], [3, 1]], rows.Ids());
        Assert.Equal([2, 2], rows.Values<int>("length").Items);
        Assert.Equal(["a", "b"], rows.Values<string>("label").Items);
    }

    [Fact]
    public async Task All_rows_count_when_told_so()
    {
        var outputs = await TokenizeAsync(new(Fit: FitSplit.All), ("train", "foo bar", "a"), ("test", "bar qux", "b"));
        Assert.Equal(5, TextPreprocessor.From(outputs.Encoding()).VocabularySize);
    }

    [Fact]
    public async Task Rows_without_splits_all_count()
    {
        var table = await _run.TableAsync(new Values<string>("text", ["foo bar", "qux", ""]));
        var rows = await (await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", table))).ResultAsync();
        Assert.Equal([[3, 4], [2], []], rows.Ids());
    }

    [Fact]
    public async Task Splits_without_training_rows_are_refused()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => TokenizeAsync(new(), ("test", "foo", "a")));
        Assert.Equal("fit", error.Parameter);
    }

    [Fact]
    public async Task A_table_without_rows_gives_a_vocabulary_without_words()
    {
        var outputs = await TokenizeAsync(new());
        Assert.Equal(2, TextPreprocessor.From(outputs.Encoding()).VocabularySize);
    }

    [Fact]
    public async Task Tokenizing_twice_is_refused()
    {
        var once = await TokenizeAsync(new(), ("train", "foo", "a"));
        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", once["rows"])));
        Assert.Contains("tokenized already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_text_gets_the_ids_of_the_table()
    {
        var outputs = await TokenizeAsync(new(Apostrophes: Apostrophes.French), ("train", "Fracture de l’artère", "a"));
        var encoded = TextPreprocessor.From(outputs.Encoding()).Encode("Fracture de l’artère");

        Assert.Equal((await outputs.ResultAsync()).Ids()[0], encoded.Ids);
        Assert.Equal(["fracture", "de", "l'", "artère"], encoded.Tokens.Select(token => token.Text));
    }

    [Fact]
    public async Task Card_tells_unknown_words_by_split_and_glued_elisions()
    {
        var outputs = await TokenizeAsync(new(), ("train", "Rupture de l'artère", "a"), ("test", "rupture qux", "b"));
        var card = StageRun.CardOf(outputs)["items"]!.AsArray();

        var bySplit = card.Single(item => (string)item!["name"]! == "tokens_by_split")!["rows"]!.AsArray();
        Assert.Equal(["train", "test"], bySplit.Select(row => (string)row![0]!));
        Assert.Equal(0.5, (double)bySplit[1]![4]!);
        var warning = card.Single(item => (string)item!["name"]! == "glued_elisions")!;
        Assert.Equal("l'artère", (string)warning["values"]!["example"]!);
    }

    [Fact]
    public async Task Faithful_numbering_misreads_texts_to_predict_and_says_so()
    {
        var words = string.Join(' ', Enumerable.Range(0, 30).SelectMany(word => Enumerable.Repeat($"w{word}", 40 - word)));
        var outputs = await TokenizeAsync(
            new(Numbering: new WordNumbering.Imdb(Mode: ImdbMode.Faithful)), ("train", words, "a"), ("test", "w0 w29", "b"));
        var atPrediction = TextPreprocessor.From(outputs.Encoding());
        var rows = await outputs.ResultAsync();

        Assert.Equal([1, 4, 33], rows.Ids()[1]);
        Assert.Equal([1, 30], atPrediction.Encode("w0 w29").Ids);
        Assert.Equal(34, atPrediction.VocabularySize);
        var warning = StageRun.CardOf(outputs)["items"]!.AsArray().Last(item => (string)item!["name"]! == "misread_words")!["values"]!;
        Assert.Equal(("w19", "w16"), ((string)warning["word"]!, (string)warning["read"]!));
    }

    [Fact]
    public async Task Corrected_numbering_reads_texts_to_predict_as_the_table()
    {
        var outputs = await TokenizeAsync(new(Numbering: new WordNumbering.Imdb()), ("train", "the film the end", "a"));
        var ids = (await outputs.ResultAsync()).Ids();
        Assert.Equal(ids[0], TextPreprocessor.From(outputs.Encoding()).Encode("the film the end").Ids);
    }

    private async Task<ArtifactSet> TokenizeAsync(TokenizeWords.Params parameters, params (string, string, string)[] rows) =>
        await _run.RunAsync(new TokenizeWords(), parameters, ("rows", await _run.TextsAsync(rows)));
}
