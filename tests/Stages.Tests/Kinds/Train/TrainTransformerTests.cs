using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Gradients;
using Pipelines.Stages.Kinds.Embed;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using Pipelines.Stages.Training.Optimization;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Trainings on the small encoder of the samples.</summary>
public sealed class TrainTransformerTests : IDisposable
{
    private static readonly InputFile Folder = new(Path.Combine(Golden.FolderOf(), "../../Contract/samples/encoder"));

    private static readonly (string Split, string Text, string Label)[] Texts =
    [
        .. Enumerable.Range(0, 48).Select(i => (
            i < 36 ? "train" : i < 42 ? "validation" : "test",
            string.Join(' ', Enumerable.Repeat("de la", i % 4).Prepend(i % 2 == 0 ? "fracture du bras" : "plaie du dos")),
            i % 2 == 0 ? "A" : "B")),
    ];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, false)]
    [InlineData(null, true)]
    public async Task Classes_are_learned_and_what_is_not_trained_stays(int? layer, bool frozen)
    {
        var (rows, encoder) = await RowsAsync();
        var outputs = await TrainAsync(rows, encoder, new(Training(12), FromLayer: layer, Frozen: frozen, Dropout: 0.1));
        Assert.True(outputs.MetricsOf()["validation.accuracy"] > 0.9);

        var (before, after) = (Weights(encoder), Weights((Model)outputs["model"]));
        var changed = before.Where(weight => !after[weight.Key].Values.SequenceEqual(weight.Value.Values))
            .Select(weight => weight.Key).ToList();
        Assert.Equal(!frozen && layer is null, changed.Contains("embeddings.word_embeddings.weight"));
        Assert.Equal(!frozen && layer is null, changed.Exists(name => name.StartsWith("encoder.layer.0.", StringComparison.Ordinal)));
        Assert.Equal(!frozen, changed.Exists(name => name.StartsWith("encoder.layer.1.", StringComparison.Ordinal)));
        // The head has 2 x 8 + 2, a layer 532, the embeddings 272.
        Assert.Equal(frozen ? 18 : layer is null ? 18 + (2 * 532) + 272 : 18 + 532, outputs.MetricsOf()["trained_parameters"]);
    }

    [Fact]
    public async Task A_head_on_vectors_is_the_head_of_the_whole_network()
    {
        var (rows, encoder) = await RowsAsync();
        var vectors = await VectorsAsync(rows, encoder, Pooling.Mean);
        var outputs = await TrainAsync(vectors, encoder, new(Training(12), Pooling.Mean, Frozen: true, Dropout: 0.1, Hidden: 5));
        using var predictor = (TransformerPredictor)Predictor.Load((Model)outputs["model"], new(Threads: 2));

        var inputs = await TableRows.ReadAsync((Table)rows, ["validation"], CancellationToken.None);
        var right = predictor.Predict([.. inputs.Select(row => row.Input)]).Zip(inputs)
            .Count(pair => pair.First.Label == pair.Second.Label);
        Assert.Equal(outputs.MetricsOf()["validation.accuracy"], right / (double)inputs.Count, 12);
        Assert.Equal("A", predictor.Predict(["Fracture du bras"])[0].Label);
        var network = StageRun.NetworkOf(outputs);
        Assert.Equal(outputs.MetricsOf()["trained_parameters"], network.Sum(layer => layer.Trained));
        Assert.All(network.SkipLast(2), layer => Assert.Equal(0, layer.Trained));
        Assert.Equal(["pooling", "pre_classifier", "classifier"], network.TakeLast(3).Select(layer => layer.Name));
    }

    [Fact]
    public async Task An_interrupted_training_goes_on_as_if_nothing_had_happened()
    {
        var (rows, encoder) = await RowsAsync();
        var whole = await TrainAsync(rows, encoder, new(Training(3)), "whole");
        foreach (var after in new[] { 16, 40, 70 })
        {
            using var cancelled = new CancellationTokenSource();
            _run.Progressed = progress =>
            {
                if (progress.Done >= after)
                    cancelled.Cancel();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => TrainAsync(rows, encoder, new(Training(3)), "parts", cancelled.Token));
        }
        _run.Progressed = null;
        var resumed = await TrainAsync(rows, encoder, new(Training(3)), "parts");
        Assert.Contains(_run.Lines, line => line.StartsWith("Resumed after epoch 1", StringComparison.Ordinal));
        Assert.Equal(whole.Weights(), resumed.Weights());
    }

    [Fact]
    public async Task Products_of_sixteen_bits_teach_the_same()
    {
        var (rows, encoder) = await RowsAsync();
        var whole = await TrainAsync(rows, encoder, new(Training(12)), "float32");
        var narrow = await TrainAsync(rows, encoder, new(Training(12), Precision: Precision.Bfloat16), "bfloat16");
        Assert.NotEqual(whole.Weights(), narrow.Weights());
        Assert.Equal(whole.MetricsOf()["train.loss"], narrow.MetricsOf()["train.loss"], 0.1);
        Assert.True(narrow.MetricsOf()["validation.accuracy"] > 0.9);
    }

    [Fact]
    public async Task Attributions_add_up_to_the_change_of_the_score()
    {
        var (rows, encoder) = await RowsAsync();
        var outputs = await TrainAsync(rows, encoder, new(Training(6)));
        using var predictor = (TransformerPredictor)Predictor.Load((Model)outputs["model"], new(Threads: 2));
        var inputs = await TableRows.ReadAsync((Table)rows, ["test"], CancellationToken.None);

        var explained = new IntegratedGradientsExplainer(predictor, ExplainedLabels.Predicted, new(), false, 512, 2)
            .Explain(inputs, _ => { }, default);

        Assert.Equal(inputs.Count, explained.Count);
        foreach (var text in explained)
        {
            Assert.InRange(text.Main.Delta, -1e-3, 1e-3);
            Assert.Equal(text.Row.Text, string.Join(' ', text.Pieces()));
            // The special tokens are in the baseline too.
            Assert.Equal(0, text.Main.Rest);
            Assert.Contains(text.Main.Scores, score => Math.Abs(score) > 0.01);
        }
    }

    [Fact]
    public async Task Long_texts_are_cut_off_and_counted_and_predicted_alike()
    {
        var (rows, encoder) = await RowsAsync(length: 5);
        var ids = Assert.Single(await StageRun.ReadAsync(rows)).Ids();
        Assert.All(ids, text => Assert.InRange(text.Length, 2, 5));
        Assert.All(ids, text => Assert.Equal((2, 3), (text[0], text[^1])));
        Assert.Equal(ids[3], TextPreprocessor.From(rows.Encoding).Encode(Texts[3].Text).Ids);
        Assert.NotNull(encoder);
    }

    [Fact]
    public async Task Rows_that_another_tokenizer_made_are_refused()
    {
        var (_, encoder) = await RowsAsync();
        var words = await _run.ClassesAsync(Texts);
        var error = await Assert.ThrowsAsync<StageException>(() => TrainAsync(words, encoder, new(Training(1))));
        Assert.Equal("These rows were tokenized by tokenize/words with a vocabulary that is not the encoder's.", error.Message);
    }

    [Fact]
    public async Task Vectors_pooled_in_another_way_are_refused()
    {
        var (rows, encoder) = await RowsAsync();
        var vectors = await VectorsAsync(rows, encoder, Pooling.Mean);
        var error = await Assert.ThrowsAsync<StageException>(() => TrainAsync(vectors, encoder, new(Training(1), Frozen: true)));
        Assert.Equal("The vectors of these rows are pooled by `mean`, and the head reads `first`.", error.Message);
        Assert.Equal("pooling", error.Parameter);
    }

    [Theory]
    [InlineData(3, Pooling.First, "from_layer")]
    [InlineData(null, Pooling.Pooler, "pooling")]
    public async Task What_the_encoder_does_not_have_is_said_before_training(int? layer, Pooling pooling, string parameter)
    {
        var (rows, encoder) = await RowsAsync();
        var error = await Assert.ThrowsAsync<StageException>(
            () => TrainAsync(rows, encoder, new(Training(1), pooling, FromLayer: layer)));
        Assert.Equal(parameter, error.Parameter);
    }

    [Fact]
    public void A_frozen_encoder_has_no_first_layer_to_train() => Assert.Equal("from_layer",
        Assert.Throws<StageException>(() => new TrainTransformer.Params(Training(1), Frozen: true, FromLayer: 1)).Parameter);

    private static TrainingParams Training(int epochs) => new(
        Batch: 8, Epochs: epochs, Optimizer: new OptimizerParams.Adamw(0.01, 0.01), Schedule: new Schedule.Linear(0.1), ClipNorm: 1);

    private async Task<(Table Rows, Model Encoder)> RowsAsync(int? length = null)
    {
        var encoder = (Model)(await _run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(Folder)))["model"];
        var tokens = await _run.RunAsync(
            new TokenizeEncoder(), new TokenizeEncoder.Params(length), ("rows", await _run.TextsAsync(Texts)), ("encoder", encoder));
        var classes = await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", tokens["rows"]));
        return ((Table)classes["rows"], encoder);
    }

    /// <summary>The rows with their vectors, as the engine would give them to the next stage.</summary>
    private async Task<Table> VectorsAsync(Table rows, Model encoder, Pooling pooling)
    {
        var vectors = (Table)(await _run.RunAsync(
            new EmbedTexts(), new EmbedTexts.Params(pooling), ("rows", rows), ("encoder", encoder)))["rows"];
        return vectors with
        {
            Columns = [.. rows.Columns, .. vectors.Columns.Where(column => rows.Find(column.Name) is null)],
            Carried = [rows],
        };
    }

    private Task<ArtifactSet> TrainAsync(
        Table rows, Model encoder, TrainTransformer.Params parameters, string work = "work", CancellationToken cancellation = default)
    {
        IStage stage = new TrainTransformer();
        var context = _run.Context() with { WorkDirectory = Path.Combine(_run.Context().WorkDirectory, work) };
        return stage.RunAsync(
            new(new Dictionary<string, IReadOnlyList<Artifact>> { ["rows"] = [rows], ["encoder"] = [encoder] }), parameters, context,
            cancellation);
    }

    private static IReadOnlyDictionary<string, StoredTensor> Weights(Model model) =>
        Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName));
}
