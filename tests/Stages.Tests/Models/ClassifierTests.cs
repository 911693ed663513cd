using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

public sealed class ClassifierTests : IDisposable
{
    private static readonly Layer[] Stacked =
    [
        new Layer.Embedding(6, Start: EmbeddingInitializer.Normal), new Layer.Lstm(9, Bidirectional: true),
            new Layer.Conv1d(5, 3, Activation.Relu), new Layer.AveragePool(), new Layer.Dense(),
    ];

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Numbers of weights of the course's models.</summary>
    [Fact]
    public void Networks_have_as_many_weights_as_in_Keras()
    {
        Assert.Equal(640_000 + 49_408 + 65,
            Count(5_000, 2, new Layer.Embedding(128), new Layer.Lstm(64), new Layer.Dropout(0.5), new Layer.Dense(Activation.Sigmoid)));
        Assert.Equal(1_000 + 30_200 + 1_326, Count(10, 26, new Layer.Embedding(100), new Layer.Lstm(50), new Layer.Dense()));
        Assert.Equal(1_000 + 234_496 + ((3 * 256 * 32) + 32) + (32 * 4) + 4, Count(
            10, 4, new Layer.Embedding(100), new Layer.Lstm(128, Bidirectional: true), new Layer.Conv1d(32), new Layer.AveragePool(),
            new Layer.Dense()));
    }

    [Fact]
    public void A_gru_has_as_many_weights_as_in_Keras() => Assert.Equal(
        1_000 + (2 * 3 * 50 * (100 + 50 + 2)) + 202,
        Count(10, 2, new Layer.Embedding(100), new Layer.Gru(50, Bidirectional: true), new Layer.Dense()));

    /// <summary>Models that were trained before are read by these words.</summary>
    [Fact]
    public void Layers_are_kept_by_name()
    {
        Layer[] layers = [new Layer.Embedding(6), new Layer.Gru(9, InputDropout: 0.5), new Layer.MaxPool(), new Layer.Dense(Units: 3)];
        const string Kept = """
            [{"layer":"embedding","size":6,"trainable":true,"start":"uniform","vectors":false},
            {"layer":"gru","units":9,"bidirectional":false,"input_dropout":0.5,"recurrent_dropout":0},
            {"layer":"max-pool"},{"layer":"dense","activation":"softmax","units":3}]
            """;
        Assert.Equal(Kept.ReplaceLineEndings(""), JsonSerializer.Serialize(layers, Json.Plain));
        Assert.Equal(layers, JsonSerializer.Deserialize<Layer[]>(Kept, Json.Plain));
        var older = Kept.Replace(",\"vectors\":false", "", StringComparison.Ordinal);
        Assert.Equal(layers, JsonSerializer.Deserialize<Layer[]>(older, Json.Plain));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Layer[]>("""[{"layer":"attention"}]""", Json.Plain));
    }

    [Fact]
    public void A_text_has_the_same_scores_alone_and_in_any_batch()
    {
        using var network = Network(Stacked);
        var texts = Texts();
        var together = Probabilities(network, texts);
        for (var i = 0; i < texts.Length; i++)
            Near(together[i], Probabilities(network, [texts[i]])[0]);
        int[] order = [3, 0, 4, 2, 1];
        var shuffled = Probabilities(network, [.. order.Select(i => texts[i])]);
        for (var i = 0; i < order.Length; i++)
            Near(together[order[i]], shuffled[i]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(0)]
    public void Gradients_of_words_are_those_of_finite_differences(int last)
    {
        Layer[] layers = last == 0 ? [Stacked[0], new Layer.Gru(9, Bidirectional: true), new Layer.AveragePool(), new Layer.Dense()]
            : [.. Stacked[..last],
                .. last == 1 ? new Layer[] { new Layer.MaxPool() } : last == 3 ? [new Layer.Last()] : [], new Layer.Dense()];
        using var network = Network(layers);
        var batch = new TokenPacker(Ragged.Of(Texts()), 12).Pack([0, 1, 2, 3, 4]);
        var positions = network.VectorsOf(batch).detach().requires_grad_(true);
        Tensor Loss() => network.Logits(batch.Layout, positions).square().sum();
        Loss().backward();
        var gradient = ParameterSet.ToArray(positions.grad!);
        using var frozen = no_grad();
        var flat = positions.view(-1);
        for (var i = 0; i < gradient.Length; i += 5)
        {
            var position = flat.narrow(0, i, 1);
            position.add_(1e-2);
            var above = Loss().item<float>();
            position.sub_(2e-2);
            var below = Loss().item<float>();
            position.add_(1e-2);
            Assert.Equal((above - below) / 2e-2, gradient[i], 2e-3);
        }
    }

    [Fact]
    public void A_convolution_is_that_of_torch()
    {
        using var parameters = new ParameterSet(4, CPU);
        Layer[] layers = [new Layer.Conv1d(5, 2)];
        var layer = layers[0].Build(new(layers, 0, "c", 3, HasSteps: true, Classes: 2, parameters, Threads: 1));
        var text = tensor([.. Enumerable.Range(0, 12).Select(i => (float)Math.Sin(i))], [4, 3]);
        var ours = (SequenceOutput)layer.Apply(new SequenceOutput(text, PackedSequence.Of([4])), DropoutMasks.None);
        var kernel = parameters.Items[0].Value.reshape(2, 3, 5).permute(2, 1, 0).contiguous();
        var expected = nn.functional.conv1d(text.t().unsqueeze(0), kernel).squeeze(0).t().contiguous();
        LstmFixture.Near(ParameterSet.ToArray(expected), ours.Values);
    }

    private static int[][] Texts() => [[2, 3, 4, 5], [6, 2], [], [7], [8, 9, 10, 11, 2, 2]];

    private static TextClassifier Network(params Layer[] layers) => new(new(12, 4, layers, Masking: true), seed: 3, CPU, threads: 2);

    private static long Count(int vocabulary, int classes, params Layer[] layers)
    {
        using var network = new TextClassifier(new(vocabulary, classes, layers, Masking: true), seed: 3, CPU, threads: 1);
        return network.Parameters.Count;
    }

    private static float[][] Probabilities(TextClassifier network, int[][] texts) =>
        ClassifierPredictor.Probabilities(network, Ragged.Of(texts), batchSize: 3, CancellationToken.None);

    private static void Near(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6);
    }
}
