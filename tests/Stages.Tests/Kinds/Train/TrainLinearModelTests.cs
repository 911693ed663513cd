using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Predict;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.LinearModels;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class TrainLinearModelTests : IDisposable
{
    private static readonly TrainNaiveBayes.Params Counts = new(new BagOfWordsParams());

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_bundle_predicts_what_was_measured_while_training()
    {
        var rows = await ClassesAsync(EncodedRows.Wordings());
        var trained = await _run.RunAsync(new TrainNaiveBayes(), Counts, ("rows", rows));

        var scores = await _run.RunAsync(
            new EvaluateClasses(), new EvaluateClasses.Params(["train", "validation"]), ("model", trained["model"]), ("rows", rows));

        Assert.Equal(1, trained.MetricsOf()["validation.accuracy"]);
        foreach (var split in new[] { "train", "validation" })
            Assert.Equal(trained.MetricsOf()[$"{split}.accuracy"], scores.MetricsOf()[$"{split}.accuracy"]);
        // Less than that of four classes told apart by nothing.
        Assert.InRange(trained.MetricsOf()["train.loss"], 0, Math.Log(4) / 2);
    }

    [Fact]
    public async Task Words_it_does_not_know_are_named()
    {
        var trained = await _run.RunAsync(new TrainNaiveBayes(), Counts, ("rows", await ClassesAsync(EncodedRows.Wordings())));

        var typed = await _run.RunAsync(new PredictTexts(), new PredictTexts.Params(["Plaie du nez"]), ("model", trained["model"]));

        var row = Assert.Single(await StageRun.ReadAsync((Table)typed["rows"]));
        Assert.Equal(("C4", 3, 2), (row.Values<string>("predicted")[0][..1] + "4", row.Values<int>("tokens")[0],
            row.Values<int>("unknown_words")[0]));
    }

    [Fact]
    public async Task The_majority_is_that_of_the_training_rows()
    {
        var rows = await ClassesAsync(
            ("train", "a", "x"), ("train", "b", "y"), ("train", "c", "y"), ("validation", "d", "x"), ("validation", "e", "x"));

        var trained = await _run.RunAsync(new TrainMajority(), new TrainMajority.Params(), ("rows", rows));

        var metrics = trained.MetricsOf();
        Assert.Equal((2 / 3.0, 0.0), (metrics["train.accuracy"], metrics["validation.accuracy"]));
        Assert.Equal(-Math.Log(1 / 3.0), metrics["validation.loss"], 1e-6);
    }

    /// <summary>The course calls fit_transform on its test rows: their rarities then decide what is predicted.</summary>
    [Fact]
    public async Task Rarities_of_the_test_rows_change_predictions_and_nothing_else()
    {
        (string, string, string)[] texts =
        [
            ("train", "sales rose rose", "up"), ("train", "sales fell", "down"), ("train", "sales rose", "up"), ("train", "fell", "down"),
            ("test", "sales sales rose fell fell", "up"), ("test", "fell", "down"), ("test", "fell", "down"),
        ];
        var rows = await ClassesAsync(texts);
        var (right, mistaken) = (await TrainAsync(false), await TrainAsync(true));

        Assert.Equal(right.MetricsOf(), mistaken.MetricsOf());
        Assert.NotEqual(right["model"].Id, mistaken["model"].Id);
        var (by, against) = (await ConfidenceAsync(right), await ConfidenceAsync(mistaken));
        Assert.NotEqual(by, against, 1e-3);

        Task<ArtifactSet> TrainAsync(bool fitOnTest) => _run.RunAsync(new TrainNaiveBayes(),
            new TrainNaiveBayes.Params(new BagOfWordsParams(new Features.Tfidf(FitOnTest: fitOnTest))), ("rows", rows));

        async Task<double> ConfidenceAsync(ArtifactSet trained)
        {
            var scores = await _run.RunAsync(
                new EvaluateClasses(), new EvaluateClasses.Params(["test"]), ("model", trained["model"]), ("rows", rows));
            return Assert.Single(await StageRun.ReadAsync((Table)scores["predictions"])).Values<double>("confidence")[0];
        }
    }

    [Theory]
    [InlineData("train", "a b", "x", "No word of the split 'train' is in the vocabulary")]
    [InlineData("train", "word", "x", "All 2 rows of the split 'train' have one class, x")]
    [InlineData("test", "word", "x", "There are no rows in the split 'train' to train on")]
    public async Task Rows_that_teach_nothing_are_refused(string split, string text, string label, string message)
    {
        // The classes are taken from all rows, so that it is the training that finds nothing.
        var labelled = await _run.RunAsync(
            new LabelClasses(), new LabelClasses.Params(Fit: Pipelines.Stages.Text.Preparation.FitSplit.All),
            ("rows", await _run.TextsAsync((split, text, label), (split, text, label))));

        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new TrainNaiveBayes(), Counts, ("rows", labelled["rows"])));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_weights_than_fit_into_memory_are_refused()
    {
        var rows = await ClassesAsync(("train", "sales fell", "down"), ("train", "sales rose", "up"));
        var data = await LinearData.ReadAsync(rows, new(), _run.Context(), CancellationToken.None);

        data.Check(copies: 2);
        var error = Assert.Throws<StageException>(() => data.Check(copies: int.MaxValue));

        Assert.Equal("2 classes of 3 words are 6 weights, more than fit into memory here.", error.Message);
    }

    [Fact]
    public async Task Rarities_of_test_rows_that_are_not_there_are_refused()
    {
        var error = await Assert.ThrowsAsync<StageException>(async () => await _run.RunAsync(
            new TrainNaiveBayes(), new TrainNaiveBayes.Params(new BagOfWordsParams(new Features.Tfidf(FitOnTest: true))),
            ("rows", await ClassesAsync(("train", "sales fell", "down"), ("train", "sales rose", "up")))));

        Assert.Equal("features.tfidf.fit_on_test", error.Parameter);
    }

    private async Task<Table> ClassesAsync(params (string, string, string)[] rows) =>
        (Table)(await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", await _run.TextsAsync(rows))))["rows"];
}
