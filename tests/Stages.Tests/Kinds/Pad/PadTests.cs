using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Models;
using Pipelines.Stages.Text;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class PadTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Auto_is_the_longest_training_text_and_longer_ones_are_cut()
    {
        var outputs = await PadAsync(new(), ("train", "a b", "x"), ("train", "", "x"), ("test", "a b a", "x"));
        var rows = await outputs.ResultAsync();

        Assert.Equal([[3, 2], [0, 0], [3, 2]], rows.Ids());
        Assert.Equal([2, 0, 2], rows.Values<int>("length").Items);
        var warning = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "truncated_texts")!;
        Assert.Equal(1, (int)warning["values"]!["count"]!);
    }

    [Fact]
    public async Task Any_value_can_pad_but_only_one_of_the_vocabulary_can_be_read()
    {
        var outputs = await PadAsync(new(3, Value: -1), ("train", "a b", "x"));
        var encoder = TextPreprocessor.From(outputs.Encoding());

        Assert.Equal([[3, 2, -1]], (await outputs.ResultAsync()).Ids());
        Assert.Equal([3, -1, -1], encoder.Encode("a").Ids);
        Assert.Equal(0, encoder.PadId);
        var error = await Assert.ThrowsAsync<StageException>(() =>
            EncodedSplit.ReadAsync((Table)outputs["rows"], Columns.Target, masking: false, limit: null, CancellationToken.None));
        Assert.Equal("Texts are padded with -1, which is no word to read.", error.Message);
    }

    [Fact]
    public async Task Texts_can_be_padded_in_front()
    {
        var outputs = await PadAsync(new(3, PaddingSide.Pre), ("train", "a b", "x"));
        var encoded = TextPreprocessor.From(outputs.Encoding()).Encode("b a");

        Assert.Equal([[0, 3, 2]], (await outputs.ResultAsync()).Ids());
        Assert.Equal([0, 2, 3], encoded.Ids);
        Assert.Equal(1, encoded.Start);
        Assert.Equal([2, 3], encoded.RealIds.ToArray());
    }

    [Fact]
    public async Task A_typed_text_is_cut_as_the_table_was()
    {
        var outputs = await PadAsync(new(2, Truncating: PaddingSide.Pre), ("train", "a b c", "x"));
        var encoded = TextPreprocessor.From(outputs.Encoding()).Encode("a b c");

        Assert.Equal(["b", "c"], encoded.Tokens.Select(token => token.Text));
        Assert.Equal(1, encoded.Removed);
        Assert.Equal((await outputs.ResultAsync()).Ids()[0], encoded.Ids);
        Assert.Equal("b c", TextPreprocessor.From(outputs.Encoding()).Decode(encoded.Ids));
    }

    [Fact]
    public async Task Only_empty_texts_give_one_place()
    {
        var outputs = await PadAsync(new(), ("train", "", "x"));
        Assert.Equal([[0]], (await outputs.ResultAsync()).Ids());
    }

    /// <summary>One text of a book's length among short ones: told before any memory is taken.</summary>
    [Fact]
    public async Task A_text_that_would_make_all_others_as_long_is_named()
    {
        var words = string.Concat(Enumerable.Repeat("a ", 200_000));
        var rows = Enumerable.Range(0, 3000).Select(row => ("train", row == 16 ? words : "a b", "x")).ToArray();
        var error = await Assert.ThrowsAsync<StageException>(() => PadAsync(new(), rows));

        Assert.Contains("3,000 texts of 200,000 ids are 600,000,000 numbers", error.Message);
        Assert.Contains("row 17 of train with 200,000 ids; 95% have at most 2.", error.Message);
        Assert.Equal("length", error.Parameter);
    }

    [Fact]
    public async Task A_length_beyond_memory_is_refused()
    {
        var error = await Assert.ThrowsAsync<StageException>(() =>
            PadAsync(new(100_000_000), [.. Enumerable.Repeat(("train", "a", "x"), 6)]));
        Assert.Contains("600,000,000 numbers", error.Message);
    }

    [Fact]
    public async Task Long_texts_are_padded_in_parts()
    {
        var outputs = await PadAsync(new(3_000_000), [.. Enumerable.Range(0, 12).Select(row => ("train", $"w{row} a", "x"))]);
        var ids = (await StageRun.ReadAsync((Table)outputs["rows"])).SelectMany(batch => batch.Ids()).ToList();

        Assert.Equal(12, ids.Count);
        Assert.All(ids, row => Assert.Equal((3_000_000, 2), (row.Length, row.Count(id => id != 0))));
        Assert.Equal(12, ids.Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public async Task Rows_that_are_not_tokenized_are_refused()
    {
        var table = await _run.TableAsync(new Lists<int>("ids", [1, 2], [0, 2]));
        var error = await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(new Pad(), new Pad.Params(), ("rows", table)));
        Assert.Equal("These rows are not tokenized.", error.Message);
    }

    [Fact]
    public async Task Padding_twice_is_refused()
    {
        var once = await PadAsync(new(), ("train", "a", "x"));
        await Assert.ThrowsAsync<StageException>(() => _run.RunAsync(new Pad(), new Pad.Params(), ("rows", once["rows"])));
    }

    private async Task<ArtifactSet> PadAsync(Pad.Params parameters, params (string, string, string)[] rows)
    {
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", await _run.TextsAsync(rows)));
        return await _run.RunAsync(new Pad(), parameters, ("rows", words["rows"]));
    }
}
