using System.IO.Compression;
using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Models.Transformers;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class LoadEncoderTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Golden.FolderOf(), "../../Contract/samples/encoder");

    private readonly StageRun _run = new();
    private readonly string _folder;

    public LoadEncoderTests()
    {
        _folder = Directory.CreateDirectory(Path.Combine(_run.Folder, "encoder")).FullName;
        foreach (var file in Directory.EnumerateFiles(Sample))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_card_shows_each_text_padded_to_the_longest()
    {
        var outputs = await LoadAsync("Fracture du bras", "bras");
        var grid = StageRun.CardOf(outputs)["items"]!.AsArray()
            .Single(item => (string)item!["name"]! == "encoded_texts")!["rows"]!.AsArray();
        Assert.Equal(
            ["bras", "[CLS] bras [SEP] [PAD] [PAD]", "2 10 3 0 0", "1 1 1 0 0", "bras", "1 x 3 x 8"],
            grid[1]!.AsArray().Select(cell => (string)cell!));
        Assert.Equal("encoder", ((Model)outputs["model"]).Architecture);
    }

    [Fact]
    public async Task A_vocabulary_in_tokenizer_json_is_that_of_vocab_txt()
    {
        var plain = ((Model)(await LoadAsync("x"))["model"]).Encoding.ToBytes();
        var words = File.ReadAllLines(Path.Combine(_folder, "vocab.txt")).Select((word, id) => $"\"{word}\": {id}");
        File.Delete(Path.Combine(_folder, "vocab.txt"));
        File.WriteAllText(
            Path.Combine(_folder, "tokenizer.json"),
            $$"""
            {
              "normalizer": {"lowercase": true, "strip_accents": null},
              "model": {"type": "WordPiece", "vocab": { {{string.Join(", ", words)}} } }
            }
            """);
        Assert.Equal(plain, ((Model)(await LoadAsync("x"))["model"]).Encoding.ToBytes());
    }

    [Fact]
    public async Task What_was_looked_for_is_said_where_there_is_no_tokenizer()
    {
        File.Delete(Path.Combine(_folder, "vocab.txt"));
        var error = await Assert.ThrowsAsync<StageException>(() => LoadAsync("x"));
        Assert.Equal("Looked for vocab.txt, sentencepiece.bpe.model, vocab.json with merges.txt, or tokenizer.json.", error.Help);
    }

    [Fact]
    public async Task A_vocabulary_that_does_not_match_is_refused()
    {
        File.AppendAllText(Path.Combine(_folder, "vocab.txt"), "jambe\n");
        var error = await Assert.ThrowsAsync<StageException>(() => LoadAsync("x"));
        Assert.Equal("The tokenizer has 15 tokens, and the network has vectors for 14.", error.Message);
    }

    [Fact]
    public async Task A_vocabulary_that_pads_with_another_token_is_refused()
    {
        var config = Path.Combine(_folder, EncoderConfig.FileName);
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"pad_token_id\": 0", "\"pad_token_id\": 1", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<StageException>(() => LoadAsync("x"));
        Assert.Equal("The tokenizer pads with 0, and the network with 1.", error.Message);
    }

    [Fact]
    public async Task Weights_that_would_run_code_are_refused_by_the_name_of_what_they_call()
    {
        File.Delete(Path.Combine(_folder, PublishedFolder.SafetensorsName));
        using (var archive = ZipFile.Open(Path.Combine(_folder, PublishedFolder.PickleName), ZipArchiveMode.Create))
        using (var entry = archive.CreateEntry("model/data.pkl").Open())
            entry.Write(Encoding.Latin1.GetBytes("\u0080\u0002cposix\nsystem\n(X\u0002\0\0\0lstR."));
        var error = await Assert.ThrowsAsync<StageException>(() => LoadAsync("x"));
        Assert.Contains("'posix.system'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "An encoder comes from a folder, from the hub or from a package.")]
    [InlineData(true, "Several places are given for one encoder: folder, package.")]
    public void An_encoder_comes_from_one_place(bool both, string message) => Assert.Equal(message,
        Assert.Throws<StageException>(() => new LoadEncoder.Params(
            both ? new(_folder) : null, both ? EncoderPackage.Minilm : null)).Message);

    private Task<ArtifactSet> LoadAsync(params string[] texts) =>
        _run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(new(_folder), Texts: texts));
}
