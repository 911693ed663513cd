using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using Pipelines.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>Several outputs on one text, beside PyTorch (fixtures/make_heads.py).</summary>
public sealed class HeadTests : IDisposable
{
    private static readonly int[][] Texts = [[2, 3, 4, 5], [6], [7, 8, 2], [3, 3, 6, 4, 8], [5, 2]];
    private static readonly float[][] Targets = [[0, 2, 1, 1, 2], [1, 0, 0, 1, 1], [4, -1, 3, 0.5f, 2]];
    private static readonly Layer[] Shared = [new Layer.Embedding(4), new Layer.Lstm(3)];

    private static readonly Head[] Heads =
    [
        new("topic", [new Layer.Dense()]), new("tone", [new Layer.Dense(Activation.Sigmoid)], 0.5),
        new("size", [new Layer.Dense(Activation.Relu, 2), new Layer.Dense(Activation.Linear)], 0.25, "number"),
    ];

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Expected _expected = JsonSerializer.Deserialize<Expected>(
        File.ReadAllBytes(Path.Combine(Golden.FolderOf(), "fixtures", "heads.json")), Json.Plain)!;

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Losses_are_those_of_torch()
    {
        using var network = Network();
        var (result, _) = Run(network);
        Assert.Equal(_expected.Total, result.Loss.item<float>(), 1e-5);
        var measures = result.Further.ToDictionary(measure => measure.Key, measure => (double)measure.Value.item<float>());
        Assert.Equal(_expected.Losses[0], measures["topic.loss"], 1e-5);
        Assert.Equal(_expected.Losses[1], measures["tone.loss"], 1e-5);
        Assert.Equal(_expected.Losses[2], measures["size.loss"], 1e-5);
        Assert.Equal(_expected.AbsoluteError, measures["size.mean_absolute_error"], 1e-5);
        Assert.Equal(["topic.loss", "topic.accuracy", "tone.loss", "tone.accuracy", "size.loss", "size.mean_absolute_error"],
            result.Further.Select(measure => measure.Key));
    }

    [Fact]
    public void Gradients_are_those_of_torch()
    {
        using var network = Network();
        var (result, batch) = Run(network);
        result.Loss.backward();
        Assert.Equal(_expected.Gradients.Keys, network.Parameters.Items.Select(parameter => parameter.Name));
        foreach (var parameter in network.Parameters.Items.Where(parameter => !parameter.IsEmbedding))
            Near(_expected.Gradients[parameter.Name], ParameterSet.ToArray(parameter.Value.grad!));
        var rows = ParameterSet.ToArray(Assert.Single(result.Gathered).Rows.grad!);
        var all = _expected.Gradients["embedding.embeddings"];
        foreach (var (place, word) in batch.Words.Index())
            Near(all[(4 * word)..(4 * (word + 1))], rows[(4 * place)..(4 * (place + 1))]);
    }

    [Fact]
    public void Scores_without_more_are_those_of_the_first_head()
    {
        using var network = Network();
        var batch = new TokenPacker(Ragged.Of(Texts), 9).Pack([0, 1, 2, 3, 4]);
        var words = network.Gather(batch, training: false).Rows;
        Assert.Equal(
            ParameterSet.ToArray(network.Outputs(batch, words, DropoutMasks.None)[0]),
            ParameterSet.ToArray(network.Logits(batch, words, DropoutMasks.None)));
    }

    [Fact]
    public void Heads_are_summed_up_before_there_are_data() => Assert.Equal(
        [
            "embedding          4 a word   4 x words",
            "lstm               3 a text   96",
            "head.topic.dense   1 a class  4 x classes",
            "head.tone.dense    1 a class  4",
            "head.size.dense    2 a text   8",
            "head.size.dense_2  1 a text   3",
            "weights that are trained: 4 x words + 96; topic: 4 x classes; tone: 4; size: 11",
        ],
        NetworkSummary.Lines(Shared, Heads));

    public static TheoryData<string, string, Layer[], Head[]> Wrong => new()
    {
        { "heads", "A network with heads has several.", Shared, Heads[..1] },
        { "heads.1.name", "Two heads are called 'topic'.", Shared, [Heads[0], Heads[0]] },
        { "heads.0", "The first head must give a class: it is the one that predicts.", Shared, [Heads[2], Heads[0]] },
        { "heads.1.layers", "The head 'b' needs layers.", Shared, [Heads[0], new("b", [])] },
        { "heads.1.layers.0", "The last layer of a head must give every class a probability.", Shared,
            [Heads[0], new("b", [new Layer.Dropout(0.1)])] },
        { "heads.1.layers.0", "The last layer of a head for a number gives that number.", Shared,
            [Heads[0], new("b", [new Layer.Dense()], Number: "length")] },
        { "heads.1.layers.0", "max-pool reads the values of every word, and the layers before it leave only one row a text.", Shared,
            [Heads[0], new("b", [new Layer.MaxPool(), new Layer.Dense()])] },
        { "heads.0.layers.0", "A dense layer needs one row of values a text, and here there is one a word.", Shared[..1],
            [Heads[0], Heads[1]] },
        { "layers.2", "A dense layer inside the network needs its number of units.", [.. Shared, new Layer.Dense()], Heads },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_stand_where_it_is_is_found_before_there_are_data(string place, string message, Layer[] layers, Head[] heads)
    {
        var error = Assert.Throws<StageException>(() => LayerStack.Checked(layers, HeadStack.Checked(heads)));
        Assert.Equal((place, message), (error.Parameter, error.Message));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("a.b")]
    [InlineData("")]
    public void A_name_can_stand_in_a_metric(string name) =>
        Assert.Equal("name", Assert.Throws<StageException>(() => new Head(name, [new Layer.Dense()])).Parameter);

    private TextClassifier Network()
    {
        HeadSettings[] heads = [new(Heads[0], 3, null), new(Heads[1], 2, null), new(Heads[2], 1, null)];
        TextClassifier network = new(new(9, 3, Shared, Masking: true, Heads: heads), seed: 3, CPU, threads: 1);
        network.Parameters.Load(_expected.Weights.ToDictionary(
            weight => weight.Key, weight => new StoredTensor(weight.Value.Shape, weight.Value.Values)));
        return network;
    }

    private static (BatchResult Result, TokenBatch Batch) Run(TextClassifier network)
    {
        var batch = new TokenPacker(Ragged.Of(Texts), 9).Pack([0, 1, 2, 3, 4]);
        var gathered = network.Gather(batch, training: true);
        HeadLosses losses = new(Heads, [Loss("a", "b", "c"), Loss("x", "y"), null]);
        var outputs = network.Outputs(batch, gathered.Rows, DropoutMasks.None);
        var targets = Targets.Select(target => Array.ConvertAll(batch.Order, row => target[row])).ToList();
        return (losses.Of(outputs, targets, isTraining: true, [gathered]), batch);
    }

    private static ClassLoss Loss(params string[] classes) => new([], ClassLabels.Of(classes), ClassWeights.Equal, labelSmoothing: 0.1);

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    private sealed record Expected(
        SortedDictionary<string, Stored> Weights, Dictionary<string, float[]> Gradients, double[] Losses, double Total,
        double AbsoluteError);

    private sealed record Stored(long[] Shape, float[] Values);
}
