using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Text;

/// <summary>Byte pairs against GPT-2's algorithm in plain Python (make_byte_pairs.py).</summary>
public sealed class BytePairTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Golden.FolderOf(), "roberta");

    private readonly TempWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Ids_are_those_of_the_reference_and_decode_to_the_text()
    {
        var expected = JsonSerializer.Deserialize<Expected>(File.ReadAllBytes(Path.Combine(Folder, "expected.json")), Json.Plain)!;
        var tokenizer = PublishedTokenizer.Read(Folder).Tokenizer;
        foreach (var (text, ids) in expected.Texts.Zip(expected.Ids))
        {
            List<int> encoded = [];
            tokenizer.Encode(text, encoded);
            Assert.Equal(ids, encoded);
            Assert.Equal(ids, tokenizer.Tokens(text).Select(token => token.Id));
            Assert.Equal(text, tokenizer.Decode([.. ids, tokenizer.PadId]));
        }
        Assert.Equal((1, 3), (tokenizer.PadId, tokenizer.UnknownId));
    }

    [Fact]
    public void A_chain_brings_it_to_life()
    {
        var (tokenizer, step) = PublishedTokenizer.Read(Folder);
        var encoder = TextPreprocessor.From(EncodingChain.Empty.With(step).With(new(Truncation.Kind, new Truncation(4).ToSettings())));
        List<int> ids = [];
        tokenizer.Encode("The company's profit rose.", ids);
        Assert.Equal([.. ids[..3], ids[^1]], encoder.Encode("The company's profit rose.").Ids);
    }

    [Fact]
    public void A_vocabulary_without_its_special_tokens_is_refused()
    {
        _workspace.Write("vocab.json", """{"a": 0, "b": 1}""");
        _workspace.Write("merges.txt", "#version: 0.2\na b\n");
        var error = Assert.Throws<StageException>(() => PublishedTokenizer.Read(_workspace.Root));
        Assert.Contains("no byte pairs of RoBERTa: The token <s> is missing.", error.Message);
    }

    private sealed record Expected(string[] Texts, int[][] Ids);
}
