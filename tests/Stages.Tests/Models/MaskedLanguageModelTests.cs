using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Torch;
using Pipelines.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>The head that guesses masked tokens, on a small BERT of random weights, against PyTorch (fixtures/make_masked.py).</summary>
public sealed class MaskedLanguageModelTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Golden.FolderOf(), "fixtures", "bert");
    private static readonly Expected Reference = JsonSerializer.Deserialize<Expected>(
        File.ReadAllBytes(Path.Combine(Folder, "masked.json")), Json.Plain)!;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly MaskedLanguageModel _model = Load();

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Loss_and_gradients_of_a_padded_batch_are_those_of_PyTorch()
    {
        var batch = PaddedBatch.Of(Ragged.Of(Reference.Texts), [0, 1, 2], padding: 0);
        int[] places = [.. Reference.Places.Select(place => (place[0] * batch.Steps) + place[1])];
        var scores = _model.Scores(new(batch, places, Reference.Answers), DropoutMasks.None);
        LstmFixture.Near(Reference.Scores, scores, 2e-5f);
        var loss = nn.functional.cross_entropy(scores, Indices.Of(Reference.Answers, CPU));
        Assert.Equal(Reference.Loss, loss.item<float>(), 1e-5);
        loss.backward();
        Assert.All(Reference.Gradients, expected => LstmFixture.Near(
            expected.Value, _model.Encoder.Parameters.Items.Single(item => item.Name == expected.Key).Value.grad!, 2e-5f));
    }

    /// <summary>The published encoder, whose word embeddings are trained as a whole, with the head of the reference.</summary>
    private static MaskedLanguageModel Load()
    {
        var (config, weights) = PublishedFolder.Read(Folder);
        MaskedLanguageModel model = new(new(config, CPU, wholeWords: true));
        model.Encoder.Parameters.Load(weights.Concat(Reference.Head.Select(
            weight => KeyValuePair.Create(weight.Key, new StoredTensor(weight.Value.Shape, weight.Value.Values)))).ToDictionary());
        return model;
    }

    private sealed record Weight(long[] Shape, float[] Values);

    private sealed record Expected(
        int[][] Texts, int[][] Places, int[] Answers, Dictionary<string, Weight> Head, float[] Scores, double Loss,
        Dictionary<string, float[]> Gradients);
}
