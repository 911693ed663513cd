using System.Text;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Export;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Torch.Pickles;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>What Python's transformers reads of a folder, by names and shapes; there is no such library here to open it.</summary>
public sealed class ExportHuggingfaceTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("Contract/samples/encoder")]
    [InlineData("Models/fixtures/distilbert")]
    public async Task A_published_folder_comes_back_with_its_names_and_numbers(string folder)
    {
        var (published, exported) = await ExportAsync(folder);
        var (before, after) = (Weights(published), Weights(exported.Directory));
        // Names of a whole model begin with its family's; what is left out is a head.
        var own = before.Where(weight => after.ContainsKey(Bare(weight.Key))).ToList();
        Assert.Equal(after.Count, own.Count);
        Assert.All(own, weight =>
        {
            Assert.Equal(weight.Value.Shape, after[Bare(weight.Key)].Shape);
            Assert.Equal(weight.Value.Values, after[Bare(weight.Key)].Values);
        });
        var loaded = await _run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(new(exported.Directory)));
        Assert.Equal((await _run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(new(published))))["model"].Id, loaded["model"].Id);
    }

    [Fact]
    public async Task Configuration_and_tokenizer_are_in_the_words_of_the_library()
    {
        var (_, exported) = await ExportAsync("Contract/samples/encoder");
        var config = Json(exported, "config.json");
        Assert.Equal(("bert", "BertModel"), ((string?)config["model_type"], (string?)config["architectures"]![0]));
        foreach (var name in new[]
        {
            "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "max_position_embeddings",
            "type_vocab_size", "layer_norm_eps", "hidden_act", "hidden_dropout_prob", "attention_probs_dropout_prob", "pad_token_id",
        })
            Assert.True(config[name] is not null, name);
        var tokenizer = Json(exported, "tokenizer_config.json");
        Assert.Equal(("BertTokenizer", true), ((string?)tokenizer["tokenizer_class"], (bool)tokenizer["do_lower_case"]!));
        Assert.Equal("[MASK]", (string?)tokenizer["mask_token"]);
        Assert.Equal((int)config["vocab_size"]!, File.ReadLines(Path.Combine(exported.Directory, "vocab.txt")).Count());
    }

    [Fact]
    public async Task The_weights_say_what_the_reader_asks_for()
    {
        var (_, exported) = await ExportAsync("Contract/samples/encoder");
        var bytes = File.ReadAllBytes(Path.Combine(exported.Directory, "model.safetensors"));
        var header = JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, (int)BitConverter.ToInt64(bytes)))!;
        Assert.Equal("pt", (string?)header["__metadata__"]!["format"]);
        Assert.Equal("F32", (string?)header["embeddings.word_embeddings.weight"]!["dtype"]);
    }

    [Fact]
    public async Task Distilbert_has_its_own_names()
    {
        var (_, exported) = await ExportAsync("Models/fixtures/distilbert");
        var config = Json(exported, "config.json");
        Assert.Equal(("distilbert", "DistilBertModel"), ((string?)config["model_type"], (string?)config["architectures"]![0]));
        Assert.All(new[] { "dim", "n_layers", "n_heads", "hidden_dim", "dropout", "attention_dropout", "activation" },
            name => Assert.True(config[name] is not null, name));
        Assert.Null(config["hidden_size"]);
        Assert.Contains("transformer.layer.0.attention.q_lin.weight", Weights(exported.Directory).Keys);
        Assert.Contains("transformer.layer.0.sa_layer_norm.bias", Weights(exported.Directory).Keys);
    }

    [Fact]
    public async Task Another_model_is_refused()
    {
        var other = await _run.Write.ModelAsync("majority", EncodingChain.Empty, _ => Task.CompletedTask, CancellationToken.None);
        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new ExportHuggingface(), new ExportHuggingface.Params(), ("model", other)));
        Assert.Contains("'majority'", error.Message, StringComparison.Ordinal);
    }

    private static string Bare(string name) => name.StartsWith("distilbert.", StringComparison.Ordinal) ? name["distilbert.".Length..]
        : name.StartsWith("bert.", StringComparison.Ordinal) ? name["bert.".Length..]
        : name;

    private static IReadOnlyDictionary<string, StoredTensor> Weights(string folder) =>
        Path.Combine(folder, "pytorch_model.bin") is var pickle && File.Exists(pickle)
            ? TorchFile.Read(pickle)
            : Safetensors.Read(Path.Combine(folder, "model.safetensors"));

    private static JsonNode Json(Model model, string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(model.Directory, file)))!;

    private async Task<(string Published, Model Exported)> ExportAsync(string folder)
    {
        var published = Directory.CreateDirectory(Path.Combine(_run.Folder, "published")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Golden.FolderOf(), "../..", folder)))
            File.Copy(file, Path.Combine(published, Path.GetFileName(file)));
        // Those whose hidden states are compared elsewhere come without words.
        if (!File.Exists(Path.Combine(published, "vocab.txt")))
            File.WriteAllLines(
                Path.Combine(published, "vocab.txt"), WordPieceTraining.Specials.Concat(Enumerable.Range(5, 15).Select(i => $"w{i}")));
        var encoder = await _run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(new(published)));
        var exported = await _run.RunAsync(new ExportHuggingface(), new ExportHuggingface.Params(), ("model", encoder["model"]));
        return (published, (Model)exported["model"]);
    }
}
