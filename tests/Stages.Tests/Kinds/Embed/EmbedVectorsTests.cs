using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Embed;
using Pipelines.Stages.Kinds.Tokenize;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class EmbedVectorsTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_line_is_a_word_and_its_numbers()
    {
        var outputs = await ReadAsync("the 0.5 -1 2e-3\nof 1 2 3 \n. . . 4 5 6\n");
        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["vectors"]));
        Assert.Equal(["the", "of", ". . ."], rows.Values<string>("word").Items);
        Assert.Equal([0.5f, -1, 2e-3f, 1, 2, 3, 4, 5, 6], rows.Lists<float>("vector").Items);
        Assert.Equal(3, outputs.MetricsOf()["word_vectors"]);
    }

    [Fact]
    public async Task A_first_line_of_two_whole_numbers_says_how_many_there_are() =>
        Assert.Equal(1, (await ReadAsync("1 2\nthe 0.5 -1\n")).MetricsOf()["word_vectors"]);

    [Fact]
    public async Task A_word_has_its_first_vector_and_is_composed()
    {
        var outputs = await ReadAsync("e\u0301te\u0301 1\nété 2\nmot 3\nété 4\n");
        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["vectors"]));
        Assert.Equal(["été", "mot"], rows.Values<string>("word").Items);
        Assert.Equal([1f, 3], rows.Lists<float>("vector").Items);
        Assert.Equal("repeated_words", (string)StageRun.CardOf(outputs)["items"]![3]!["name"]!);
    }

    [Fact]
    public async Task Coverage_counts_words_and_their_occurrences()
    {
        var texts = await _run.TextsAsync(("train", "a a b c", "x"), ("train", "a d", "x"), ("test", "b b z e", "x"));
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", texts));
        var outputs = await ReadAsync("a 1\nb 2\ny 3\nz 4\n", ("rows", words["rows"]));
        var metrics = outputs.MetricsOf();
        // The vocabulary is a, b, c, d; z and e are unknown words to it, whatever the file has.
        Assert.Equal(2, metrics["word_vectors"]);
        Assert.Equal(0.5, metrics["vocabulary_coverage"]);
        Assert.Equal(4 / 6.0, metrics["train.token_coverage"], 12);
        Assert.Equal(0.5, metrics["test.token_coverage"]);
    }

    [Theory]
    [InlineData("the 1 2\nof 1 x\n", "line 2: 'x' is no number (the 2. of 2)")]
    [InlineData("the 1 2\nof 1 NaN\n", "line 2: 'NaN' is no number (the 2. of 2)")]
    [InlineData("the 1 2\nof 1 2 3\n", "line 2: there are 3 numbers, and the first word has 2")]
    [InlineData("the 1 2\nof 1\n", "line 2: there is 1 number, and the first word has 2")]
    [InlineData("the 1 2\n\n", "line 2: there are 0 numbers, and the first word has 2")]
    [InlineData("the\n", "line 1: there are 0 numbers, and a vector has one at least")]
    [InlineData("3 2\n", "the file holds no vectors")]
    [InlineData("3 2\nthe 1 2\nof 3 4\n", "its first line says that there are 3 words, and there are 2")]
    [InlineData("2 3\nthe 1 2\nof 3 4\n", "line 2: there are 2 numbers, and the first line says 3")]
    [InlineData("99999999999 3\n", "line 1: 99999999999 words of 3 numbers cannot be")]
    [InlineData("", "the file is empty")]
    public async Task A_broken_line_is_named(string content, string message)
    {
        var error = await Assert.ThrowsAsync<StageException>(() => ReadAsync(content));
        Assert.Equal($"vectors.txt: {message}", error.Message);
        Assert.Equal("file", error.Parameter);
        Assert.NotNull(error.Help);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_named_with_the_last_good_line()
    {
        var file = _run.File("vectors.txt", [.. "the 1\n"u8, 0xFF, .. " 2\n"u8]);
        var error = await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(new EmbedVectors(), new EmbedVectors.Params(file)));
        Assert.Equal("vectors.txt: after line 1: byte 0xFF at offset 6 is no utf-8", error.Message);
    }

    [Fact]
    public async Task Vectors_of_other_words_than_the_texts_have_are_refused()
    {
        var texts = await _run.TextsAsync(("train", "un mot", "x"));
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", texts));
        var error = await Assert.ThrowsAsync<StageException>(() => ReadAsync("word 1\n", ("rows", words["rows"])));
        Assert.Equal("No word of the texts has a vector in 'vectors.txt'.", error.Message);
    }

    private Task<ArtifactSet> ReadAsync(string content, params (string Port, Artifact Artifact)[] inputs) =>
        _run.RunAsync(new EmbedVectors(), new EmbedVectors.Params(_run.File("vectors.txt", content)), inputs);
}
