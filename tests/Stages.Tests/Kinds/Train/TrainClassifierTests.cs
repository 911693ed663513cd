using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Training;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class TrainClassifierTests : IDisposable
{
    internal static readonly Layer[] Deep =
    [
        new Layer.Embedding(8), new Layer.Dropout(0.1), new Layer.Lstm(6, Bidirectional: true, InputDropout: 0.1, RecurrentDropout: 0.1),
        new Layer.Conv1d(10, Activation: Activation.Relu), new Layer.AveragePool(), new Layer.Dense(Activation.Tanh, 7), new Layer.Dense(),
    ];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    public static TheoryData<string, Layer[]> Networks => new()
    {
        { "the last state of an LSTM", [new Layer.Embedding(12), new Layer.Lstm(12), new Layer.Dense()] },
        { "the largest values", [new Layer.Embedding(12), new Layer.MaxPool(), new Layer.Dense()] },
        { "mean, convolution, both directions", Deep },
        { "the last step of two LSTMs",
            [new Layer.Embedding(12), new Layer.Lstm(8), new Layer.Lstm(8, ReturnSequences: true), new Layer.Last(), new Layer.Dense()] },
        { "windows of two widths",
            [
                new Layer.Embedding(12),
                new Layer.Parallel(
                    [[new Layer.Conv1d(8, 1), new Layer.MaxPool()], [new Layer.Conv1d(8, 2, Activation.Relu), new Layer.MaxPool()]]),
                new Layer.Dropout(0.2), new Layer.Dense(),
            ] },
        { "attention", [new Layer.Embedding(12), new Layer.AttentionPool(8), new Layer.Dense()] },
        { "all words in their order", [new Layer.Embedding(12), new Layer.Flatten(), new Layer.Dense()] },
        { "padding behind an LSTM",
            [
                new Layer.Embedding(12), new Layer.Lstm(12), new Layer.Unmask(), new Layer.Conv1d(8, 2), new Layer.AveragePool(),
                new Layer.Dense(),
            ] },
        { "a convolution that keeps the length",
            [new Layer.Embedding(12), new Layer.Conv1d(12, 2, Padding: ConvolutionPadding.Same), new Layer.MaxPool(), new Layer.Dense()] },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task Classes_that_follow_from_a_word_are_learned(string name, Layer[] layers)
    {
        var outputs = await _run.TrainAsync(new TrainClassifier(), Params(layers), await _run.ClassesAsync(EncodedRows.Wordings()));
        Assert.True(outputs.MetricsOf()["validation.accuracy"] > 0.9, $"{name}: {outputs.MetricsOf()["validation.accuracy"]}");
        using var predictor = Predictor.Load((Model)outputs["model"], new());
        var prediction = predictor.Predict(["plaie main", ""], top: 3)[0];
        Assert.Equal("C", prediction.Label);
        Assert.Equal(3, prediction.Top.Count);
        Assert.Equal(["A", "B", "C", "D"], predictor.Classes);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task The_network_of_the_card_has_every_weight_and_ends_in_the_classes(string name, Layer[] layers)
    {
        var outputs = await _run.TrainAsync(new TrainClassifier(), Params(layers), await _run.ClassesAsync(EncodedRows.Wordings()));

        var network = StageRun.NetworkOf(outputs);

        Assert.True(outputs.MetricsOf()["parameters"] == network.Sum(layer => layer.Parameters), name);
        Assert.Equal(outputs.MetricsOf()["trainable_parameters"], network.Sum(layer => layer.Trained));
        Assert.Equal("(n, 4)", network[^1].Output);
        Assert.All(network.Index().Skip(1), layer => Assert.All(layer.Item.From, from => Assert.True(from < layer.Index)));
        Assert.Equal(network.Count - 1, network.SelectMany(layer => layer.From).Distinct().Count());
    }

    [Fact]
    public async Task Two_classes_may_share_a_sigmoid()
    {
        var rows = EncodedRows.Wordings().Select(row => (row.Split, row.Text, row.Label[0] < 'C' ? "A" : "B")).ToArray();
        var outputs = await _run.TrainAsync(
            new TrainClassifier(), Params([new Layer.Embedding(8), new Layer.MaxPool(), new Layer.Dense(Activation.Sigmoid)]),
            await _run.ClassesAsync(rows));
        Assert.True(outputs.MetricsOf()["validation.accuracy"] > 0.9);
        var vocabulary = 2 + 4 + 6 + 1;
        Assert.Equal((vocabulary * 8) + 8 + 1, outputs.MetricsOf()["parameters"]);
    }

    /// <summary>Where the model learned the class of unknown labels, it predicts it for such rows, and is right nowhere.</summary>
    [Fact]
    public async Task The_accuracy_of_a_training_is_that_of_its_evaluation()
    {
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(),
            ("rows", await _run.TextsAsync([.. EncodedRows.Wordings().Select(row => (row.Split, row.Text, row.Label[..1]))])));
        var classes = await _run.RunAsync(
            new LabelClasses(), new LabelClasses.Params(["A", "B"], UnknownLabels.Class), ("rows", words["rows"]));
        var table = (Table)(await _run.RunAsync(new Pad(), new Pad.Params(), ("rows", classes["rows"])))["rows"];
        var trained = await _run.TrainAsync(
            new TrainClassifier(), Params([new Layer.Embedding(12), new Layer.MaxPool(), new Layer.Dense()]), table);
        var evaluated = await _run.RunAsync(
            new EvaluateClasses(), new EvaluateClasses.Params(["validation"]), ("model", trained["model"]), ("rows", table));

        Assert.Equal(6, evaluated.MetricsOf()["validation.unseen_labels"]);
        Assert.Equal(0.5, evaluated.MetricsOf()["validation.accuracy"]);
        Assert.Equal(0.5, trained.MetricsOf()["validation.accuracy"]);
    }

    [Fact]
    public async Task Rows_without_a_split_are_all_learned_from()
    {
        var rows = EncodedRows.Wordings();
        var texts = await _run.TableAsync(
            new Values<string>("text", [.. rows.Select(row => row.Text)]),
            new Values<string>("label", [.. rows.Select(row => row.Label[..1])]));
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", texts));
        var classes = await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", words["rows"]));
        var table = (Table)(await _run.RunAsync(new Pad(), new Pad.Params(), ("rows", classes["rows"])))["rows"];
        var trained = await _run.TrainAsync(
            new TrainClassifier(), Params([new Layer.Embedding(12), new Layer.MaxPool(), new Layer.Dense()]), table);
        var evaluated = await _run.RunAsync(
            new EvaluateClasses(), new EvaluateClasses.Params(), ("model", trained["model"]), ("rows", table));

        Assert.True(trained.MetricsOf()["train.accuracy"] > 0.9);
        Assert.Equal(rows.Length, evaluated.MetricsOf()["all.rows"]);
    }

    [Fact]
    public async Task Rare_classes_can_count_as_much_as_others()
    {
        // Texts of the words both classes share: what is likelier depends on the weights alone.
        var rows = Enumerable.Range(0, 60).Select(i => ("train", "douleur", i % 10 == 0 ? "A" : "B")).ToArray();
        var parameters = Params([new Layer.Embedding(4), new Layer.MaxPool(), new Layer.Dense()]);
        var table = await _run.ClassesAsync(rows);
        Assert.InRange(await RareAsync(parameters, "equal"), 0.05, 0.2);
        Assert.InRange(await RareAsync(parameters with { ClassWeights = ClassWeights.Balanced }, "balanced"), 0.4, 0.6);

        async Task<double> RareAsync(TrainClassifier.Params parameters, string work)
        {
            var outputs = await _run.TrainAsync(new TrainClassifier(), parameters with { Training = EncodedRows.Training(40, 0.02) }, table,
                work);
            using var predictor = Predictor.Load((Model)outputs["model"], new());
            return predictor.Predict(["douleur"], top: 2)[0].Top.Single(candidate => candidate.Label == "A").Confidence;
        }
    }

    [Fact]
    public async Task Padding_on_either_side_changes_nothing()
    {
        var after = await _run.TrainAsync(new TrainClassifier(), Params(Deep, 2), await _run.ClassesAsync(EncodedRows.Wordings()), "after");
        var before = await _run.TrainAsync(new TrainClassifier(), Params(Deep, 2),
            await _run.ClassesAsync(EncodedRows.Wordings(), PaddingSide.Pre), "before");
        Assert.Equal(after.Weights(), before.Weights());
    }

    [Fact]
    public async Task An_interrupted_training_goes_on_as_if_nothing_had_happened()
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var whole = await _run.TrainAsync(new TrainClassifier(), Params(Deep, 4), rows, "whole");
        await _run.TrainAsync(new TrainClassifier(), Params(Deep, 3), rows, "parts");
        var resumed = await _run.TrainAsync(new TrainClassifier(), Params(Deep, 4), rows, "parts");
        Assert.Contains("Resumed after epoch 3 and 0 batches.", _run.Lines);
        Assert.Equal(whole.Weights(), resumed.Weights());
        Assert.Equal(whole["card"].Id, resumed["card"].Id);
    }

    public static TheoryData<string, Layer[]> Misfits => new()
    {
        { "layers.2.dense.units", [new Layer.Embedding(8), new Layer.MaxPool(), new Layer.Dense(Units: 3)] },
        { "layers.2", [new Layer.Embedding(8), new Layer.MaxPool(), new Layer.Dense(Activation.Sigmoid)] },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task A_layer_that_does_not_fit_the_classes_is_named(string parameter, Layer[] layers)
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var error = await Assert.ThrowsAsync<StageException>(() => _run.TrainAsync(new TrainClassifier(), Params(layers), rows));
        Assert.Equal(parameter, error.Parameter);
        Assert.NotNull(error.Help);
    }

    [Fact]
    public async Task Layers_that_need_one_length_ask_for_padding()
    {
        var words = await _run.RunAsync(
            new TokenizeWords(), new TokenizeWords.Params(), ("rows", await _run.TextsAsync(EncodedRows.Wordings())));
        var rows = await _run.RunAsync(new LabelPrefix(), new LabelPrefix.Params(1), ("rows", words["rows"]));
        foreach (var layers in new Layer[][]
        {
            [new Layer.Embedding(8), new Layer.Flatten(), new Layer.Dense()],
            [new Layer.Embedding(8), new Layer.Lstm(4), new Layer.Unmask(), new Layer.MaxPool(), new Layer.Dense()],
        })
        {
            var error = await Assert.ThrowsAsync<StageException>(
                () => _run.TrainAsync(new TrainClassifier(), Params(layers), (Table)rows["rows"]));
            Assert.Contains("padded to one length", error.Message, StringComparison.Ordinal);
        }
    }

    private static TrainClassifier.Params Params(Layer[] layers, int epochs = 15) => new(layers, EncodedRows.Training(epochs, 0.02));
}
