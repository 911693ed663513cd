using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Tokenize;
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
        Assert.Equal((await outputs.ResultAsync()).Ids()[0], encoded.Ids);
        Assert.Equal("b c", TextPreprocessor.From(outputs.Encoding()).Decode(encoded.Ids));
    }

    [Fact]
    public async Task Only_empty_texts_give_one_place()
    {
        var outputs = await PadAsync(new(), ("train", "", "x"));
        Assert.Equal([[0]], (await outputs.ResultAsync()).Ids());
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
