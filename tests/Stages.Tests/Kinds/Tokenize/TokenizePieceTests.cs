using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Text;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class TokenizePieceTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Special_tokens_survive_padding_and_truncation()
    {
        var vocabulary = _run.File("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nle\nchat\n##s\n");
        var rows = await _run.TextsAsync(("train", "Le chats", "a"), ("train", "", "b"));
        var pieces = await _run.RunAsync(new TokenizeWordpiece(), new TokenizeWordpiece.Params(vocabulary), ("rows", rows));
        var padded = await _run.RunAsync(new Pad(), new Pad.Params(4), ("rows", pieces["rows"]));

        Assert.Equal([[2, 5, 6, 7, 3], [2, 3]], (await pieces.ResultAsync()).Ids());
        Assert.Equal([[2, 5, 6, 3], [2, 3, 0, 0]], (await padded.ResultAsync()).Ids());
        Assert.Equal([2, 5, 6, 3], TextPreprocessor.From(padded.Encoding()).Encode("le chats").Ids);
    }

    [Fact]
    public async Task A_file_that_is_no_vocabulary_is_refused()
    {
        var vocabulary = _run.File("vocab.txt", "le\nchat\n");
        var rows = await _run.TextsAsync(("train", "le", "a"));
        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new TokenizeWordpiece(), new TokenizeWordpiece.Params(vocabulary), ("rows", rows)));
        Assert.Equal("vocabulary", error.Parameter);
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused()
    {
        var model = _run.File("sp.model", "hello");
        var rows = await _run.TextsAsync(("train", "le", "a"));
        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new TokenizeSentencepiece(), new TokenizeSentencepiece.Params(model), ("rows", rows)));
        Assert.Equal("model", error.Parameter);
    }

    [Fact]
    public async Task Characters_are_numbered_by_frequency()
    {
        var rows = await _run.TextsAsync(("train", "Aab", "x"), ("test", "b é", "x"));
        var outputs = await _run.RunAsync(new TokenizeCharacters(), new TokenizeCharacters.Params(), ("rows", rows));
        var encoder = TextPreprocessor.From(outputs.Encoding());

        Assert.Equal([[2, 2, 3], [3, 1, 1]], (await outputs.ResultAsync()).Ids());
        Assert.Equal("aab", encoder.Decode(encoder.Encode("AAB").Ids));
        Assert.Equal([true, false], encoder.Encode("b\u00E9").Tokens.Select(token => token.Known));
    }
}
