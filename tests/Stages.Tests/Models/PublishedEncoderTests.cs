using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Torch;
using Pipelines.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>DistilBERT and CamemBERT of random weights against formulas written from the papers (fixtures/make_encoders.py).</summary>
public sealed class PublishedEncoderTests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(Golden.FolderOf(), "fixtures");

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TempWorkspace _workspace = new();

    public void Dispose()
    {
        _workspace.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData("distilbert")]
    [InlineData("camembert")]
    public void Hidden_states_of_a_padded_batch_are_those_of_the_reference(string model)
    {
        var expected = JsonSerializer.Deserialize<Expected>(
            File.ReadAllBytes(Path.Combine(Fixtures, model, "expected.json")), Json.Plain)!;
        using var encoder = TransformerEncoder.Load(Path.Combine(Fixtures, model), CPU);
        var batch = PaddedBatch.Of(Ragged.Of(expected.Texts), [0, 1, 2], encoder.Config.PadTokenId);
        var words = TransformerEncoder.Spread(batch, encoder.Gather(batch, training: false).Rows);
        var hidden = encoder.HiddenStates(batch, words, DropoutMasks.None);
        for (var i = 0; i < batch.Lengths.Length; i++)
            LstmFixture.Near(expected.Hidden[i], hidden[i].narrow(0, 0, batch.Lengths[i]), 1e-5f);
    }

    [Fact]
    public void A_network_without_pooler_says_so()
    {
        using var encoder = TransformerEncoder.Load(Path.Combine(Fixtures, "distilbert"), CPU);
        Assert.False(encoder.Config.HasPooler);
        encoder.Config.CheckPooling(Pooling.First);
        Assert.Equal("pooling", Assert.Throws<StageException>(() => encoder.Config.CheckPooling(Pooling.Pooler)).Parameter);
        using var other = TransformerEncoder.Load(Path.Combine(Fixtures, "camembert"), CPU);
        other.Config.CheckPooling(Pooling.Pooler);
    }

    [Fact]
    public void Positions_before_the_first_are_no_room_for_tokens()
    {
        using var encoder = TransformerEncoder.Load(Path.Combine(Fixtures, "camembert"), CPU);
        Assert.Equal((12, 10), (encoder.Config.MaxPositionEmbeddings, encoder.Config.MaxTokens));
        var batch = PaddedBatch.Of(Ragged.Of([new int[11]]), [0], padding: 1);
        var words = TransformerEncoder.Spread(batch, encoder.Gather(batch, training: false).Rows);
        Assert.Contains("11 tokens, and the network has 10 positions",
            Assert.Throws<StageException>(() => encoder.HiddenStates(batch, words, DropoutMasks.None)).Message);
    }

    [Fact]
    public void What_was_looked_for_is_said_where_there_are_no_weights()
    {
        Copy("distilbert", EncoderConfig.FileName);
        var error = Assert.Throws<StageException>(() => TransformerEncoder.Load(_workspace.Root, CPU));
        Assert.Equal("Looked for model.safetensors and pytorch_model.bin. The folder has config.json.", error.Help);
    }

    [Fact]
    public void Weights_of_another_model_are_named_with_their_shapes()
    {
        Copy("camembert", EncoderConfig.FileName);
        Copy("distilbert", PublishedFolder.PickleName);
        var error = Assert.Throws<StageException>(() => TransformerEncoder.Load(_workspace.Root, CPU));
        Assert.Contains("'embeddings.word_embeddings.weight' (22 x 8) is missing", error.Message);
        Assert.Contains("'distilbert.embeddings.word_embeddings.weight' (20 x 8) is none of it", error.Message);
    }

    [Theory]
    [InlineData("distilbert", 9000)]
    [InlineData("camembert", 9000)]
    [InlineData("camembert", 300)]
    [InlineData("camembert", 1)]
    public void A_file_that_ends_early_is_refused(string model, int bytes)
    {
        Copy(model, EncoderConfig.FileName);
        var whole = File.ReadAllBytes(Path.Combine(Fixtures, model, PublishedFolder.PickleName));
        File.WriteAllBytes(Path.Combine(_workspace.Root, PublishedFolder.PickleName), whole[..bytes]);
        var error = Assert.Throws<StageException>(() => TransformerEncoder.Load(_workspace.Root, CPU));
        Assert.Contains("cannot be read", error.Message);
        Assert.NotNull(error.Help);
    }

    [Fact]
    public void A_truncated_safetensors_file_is_refused()
    {
        var sample = Path.Combine(Golden.FolderOf(), "../Contract/samples/encoder");
        File.Copy(Path.Combine(sample, EncoderConfig.FileName), Path.Combine(_workspace.Root, EncoderConfig.FileName));
        File.WriteAllBytes(Path.Combine(_workspace.Root, PublishedFolder.SafetensorsName),
            File.ReadAllBytes(Path.Combine(sample, PublishedFolder.SafetensorsName))[..^8]);
        Assert.Contains("is not a complete safetensors file",
            Assert.Throws<StageException>(() => TransformerEncoder.Load(_workspace.Root, CPU)).Message);
    }

    private void Copy(string model, string file) =>
        File.Copy(Path.Combine(Fixtures, model, file), Path.Combine(_workspace.Root, file));

    private sealed record Expected(int[][] Texts, float[][] Hidden);
}
