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

    /// <summary>Kim's network: three widths of windows, the largest value of each filter.</summary>
    [Fact]
    public void Branches_have_the_weights_of_their_layers() => Assert.Equal(
        500 + (3 * 100) + (50 * 100 * (3 + 4 + 5)) + (300 * 6) + 6, Count(10, 6, [.. Kim(50), new Layer.Dropout(0.5), new Layer.Dense()]));

    public static TheoryData<Layer[]> Counted =>
    [
        Stacked,
        [new Layer.Embedding(6), new Layer.Gru(9), new Layer.Dense(Activation.Relu, 7), new Layer.Dense()],
        [new Layer.Embedding(6), new Layer.Lstm(4), new Layer.Unmask(), new Layer.AttentionPool(3), new Layer.Dense()],
        [.. Kim(6), new Layer.Dropout(0.5), new Layer.Dense()],
    ];

    [Theory]
    [MemberData(nameof(Counted))]
    public void Weights_are_counted_before_there_are_any(Layer[] layers)
    {
        using var network = Network(layers);
        var counted = LayerStack.Behind(layers, new())
            .Aggregate(new WeightCount(0, PerWord: 6), (sum, site) => sum + site.Layer.WeightsAt(site)!.Value);
        Assert.Equal(network.Parameters.Count, counted.With(words: 12, classes: 4));
    }

    [Fact]
    public void A_network_is_summed_up_without_data()
    {
        Layer[] layers = [new Layer.Embedding(10, Trainable: false), new Layer.Lstm(3), new Layer.Dropout(0.1), new Layer.Dense()];
        Assert.Equal(
            [
                "embedding  10 a word  10 x words (not trained)",
                "lstm       3 a text   168",
                "dropout    3 a text   0",
                "dense      1 a class  4 x classes",
                "weights that are trained: 4 x classes + 168, and 10 x words that are not",
            ],
            NetworkSummary.Lines(layers));
        Assert.Contains("depends on the length of the texts", NetworkSummary.Lines(
            [new Layer.Embedding(10), new Layer.Flatten(), new Layer.Dense()])[^1], StringComparison.Ordinal);
    }

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

    public static TheoryData<string, Layer[]> Differentiated => new()
    {
        { "embedding", [Stacked[0], new Layer.MaxPool(), new Layer.Dense()] },
        { "convolution over both directions", [.. Stacked[..3], new Layer.Last(), new Layer.Dense()] },
        { "mean", Stacked },
        { "gru", [Stacked[0], new Layer.Gru(9, Bidirectional: true), new Layer.AveragePool(), new Layer.Dense()] },
        { "branches",
            [
                Stacked[0], new Layer.Parallel([Stacked[2..4], [new Layer.AttentionPool(5)], [new Layer.Last()]]), new Layer.Dense(),
            ] },
        { "attention", [Stacked[0], new Layer.AttentionPool(5), new Layer.Dense()] },
        { "end of the mask", [Stacked[0], new Layer.Lstm(4), new Layer.Unmask(), new Layer.Flatten(), new Layer.Dense()] },
    };

    [Theory]
    [MemberData(nameof(Differentiated))]
    public void Gradients_of_words_are_those_of_finite_differences(string name, Layer[] layers)
    {
        Assert.NotEmpty(name);
        using var network = Network(layers);
        var batch = new TokenPacker(Ragged.Of(Texts()), 12).Pack([0, 1, 2, 3, 4]);
        var positions = network.VectorsOf(batch).detach().requires_grad_(true);
        Tensor Loss() => network.Logits(batch.Layout, Standing(positions)).square().sum();
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

    [Theory]
    [MemberData(nameof(Differentiated))]
    public void Points_between_words_are_what_each_would_be_alone(string name, Layer[] layers)
    {
        Assert.NotEmpty(name);
        using var network = Network(layers);
        var batch = new TokenPacker(Ragged.Of(Texts()), 12).Pack([0, 1, 2, 3, 4]);
        using var frozen = no_grad();
        var words = network.VectorsOf(batch);
        var way = words.flip(0) - words;
        double[] shares = [0, 0.3, 1];
        var together = network.Logits(batch.Layout.Repeated(shares.Length), new(words, way, shares));
        for (var i = 0; i < shares.Length; i++)
        {
            var alone = network.Logits(batch.Layout, Standing(words + (way * shares[i])));
            var ours = together.reshape(5, shares.Length, -1).select(1, i);
            Assert.All(ParameterSet.ToArray(alone - ours), difference => Assert.Equal(0, difference, 1e-5));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Either_class_of_a_sigmoid_is_explained_by_the_words(int label)
    {
        Layer[] layers = [Stacked[0], new Layer.MaxPool(), new Layer.Dense(Activation.Sigmoid)];
        using var network = new TextClassifier(new(12, 2, layers, Masking: true), seed: 3, CPU, threads: 1);
        var batch = new TokenPacker(Ragged.Of(Texts()), 12).Pack([0, 1]);
        var positions = network.VectorsOf(batch).detach().requires_grad_(true);
        network.Logits(batch.Layout, Standing(positions)).narrow(1, label, 1).sum().backward();
        Assert.Contains(ParameterSet.ToArray(positions.grad!), value => value != 0);
    }

    [Fact]
    public void A_convolution_is_that_of_torch()
    {
        using var parameters = new ParameterSet(4, CPU);
        Layer[] layers = [new Layer.Embedding(3), new Layer.Conv1d(5, 2), new Layer.MaxPool(), new Layer.Dense()];
        var layer = LayerStack.Build(LayerStack.Behind(layers, new(Classes: 2)).Take(1), new(parameters, Threads: 1));
        var text = tensor([.. Enumerable.Range(0, 12).Select(i => (float)Math.Sin(i))], [4, 3]);
        var ours = (SequenceOutput)layer(new SequenceOutput(text, PackedSequence.Of([4])), DropoutMasks.None);
        var kernel = parameters.Items[0].Value.reshape(2, 3, 5).permute(2, 1, 0).contiguous();
        var expected = nn.functional.conv1d(text.t().unsqueeze(0), kernel).squeeze(0).t().contiguous();
        LstmFixture.Near(ParameterSet.ToArray(expected), ours.Values);
    }

    private static Layer[] Kim(int size) =>
    [
        new Layer.Embedding(size, Start: EmbeddingInitializer.Normal),
        new Layer.Parallel([.. new[] { 3, 4, 5 }.Select(kernel =>
            new Layer[] { new Layer.Conv1d(100, kernel, Activation.Tanh), new Layer.MaxPool() })]),
    ];

    private static int[][] Texts() => [[2, 3, 4, 5], [6, 2], [], [7], [8, 9, 10, 11, 2, 2]];

    private static TextClassifier Network(params Layer[] layers) =>
        new(new(12, 4, layers, Masking: true, Length: 7), seed: 3, CPU, threads: 2);

    private static long Count(int vocabulary, int classes, params Layer[] layers)
    {
        using var network = new TextClassifier(new(vocabulary, classes, layers, Masking: true), seed: 3, CPU, threads: 1);
        return network.Parameters.Count;
    }

    private static float[][] Probabilities(TextClassifier network, int[][] texts) =>
        ClassifierPredictor.Probabilities(network, Ragged.Of(texts), batchSize: 3, CancellationToken.None);

    private static Interpolation Standing(Tensor words) => new(words, zeros_like(words), [0]);

    private static void Near(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6);
    }
}
