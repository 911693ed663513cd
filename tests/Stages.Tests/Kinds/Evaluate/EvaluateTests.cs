using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Predict;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class EvaluateTests : IDisposable
{
    private static readonly TrainSeq2seq.Params Spelling = new(EncodedRows.Training(12, 0.01), Embedding: 12, Units: 20);

    private static readonly TrainClassifier.Params Classes =
        new([new Layer.Embedding(8), new Layer.MaxPool(), new Layer.Dense()], EncodedRows.Training(15, 0.02));

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Codes_are_evaluated_by_split()
    {
        (string, string, string)[] rows = [.. EncodedRows.Wordings(), ("test", "plaie bras", "Z9")];
        var table = await _run.CodesAsync(rows);
        var trained = await _run.TrainAsync(new TrainSeq2seq(), Spelling, table);
        var outputs = await _run.RunAsync(new EvaluateSequence(), new EvaluateSequence.Params(), ("model", trained["model"]),
            ("rows", table));
        var metrics = outputs.MetricsOf();

        Assert.Equal(trained.MetricsOf()["validation.exact_match"], metrics["validation.exact_match"]);
        Assert.Equal(trained.MetricsOf()["validation.token_accuracy"], metrics["validation.token_accuracy_teacher_forced"], 1e-9);
        Assert.Equal(1, metrics["test.unseen_labels"]);
        Assert.InRange(metrics["test.exact_match"], metrics["test.exact_match_low"], metrics["test.exact_match_high"]);
        Assert.DoesNotContain(metrics.Keys, name => name.StartsWith("train.", StringComparison.Ordinal));

        var predictions = Assert.Single(await StageRun.ReadAsync((Table)outputs["predictions"]));
        Assert.Equal(["split", "text", "label", "predicted", "confidence", "correct"], predictions.Columns.Select(column => column.Name));
        Assert.Equal(25, predictions.Count);
        Assert.Equal("Z9", predictions.Values<string>("label")[24]);
        Assert.False(predictions.Values<bool>("correct")[24]);
    }

    [Fact]
    public async Task Classes_are_evaluated_by_split()
    {
        var table = await _run.ClassesAsync(EncodedRows.Wordings());
        var trained = await _run.TrainAsync(new TrainClassifier(), Classes, table);
        var outputs = await _run.RunAsync(new EvaluateClasses(), new EvaluateClasses.Params(["validation"]), ("model", trained["model"]),
            ("rows", table));
        Assert.Equal(trained.MetricsOf()["validation.accuracy"], outputs.MetricsOf()["validation.accuracy"]);
        Assert.Contains("validation.weighted_f1", outputs.MetricsOf().Keys);
        var names = StageRun.CardOf(outputs)["items"]!.AsArray().Select(item => (string)item!["name"]!);
        Assert.Equal(
            [
                "class_scores", "classification_report", "confusion_matrix", "confusion_matrix_shares", "accuracy_by_coverage",
                "surest_errors",
            ],
            names);
        Assert.Equal(trained.MetricsOf()["validation.loss"], outputs.MetricsOf()["validation.loss"], 1e-5);
    }

    [Fact]
    public async Task Labels_never_seen_are_errors_under_their_own_name()
    {
        (string, string, string)[] rows = [.. EncodedRows.Wordings(), ("test", "douleur dos", "Z1")];
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", await _run.TextsAsync(rows)));
        var table = (Table)(await _run.RunAsync(
            new LabelPrefix(), new LabelPrefix.Params(Unknown: UnknownLabels.Class, UnknownName: "other"),
            ("rows", words["rows"])))["rows"];
        var trained = await _run.TrainAsync(new TrainClassifier(), Classes, table);
        var outputs = await _run.RunAsync(new EvaluateClasses(), new EvaluateClasses.Params(), ("model", trained["model"]),
            ("rows", table));
        Assert.Equal(1, outputs.MetricsOf()["test.unseen_labels"]);
        var report = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "classification_report")!;
        Assert.Contains("Z", report["rows"]!.AsArray().Select(row => (string)row![0]!));
        var spelt = await _run.RunAsync(new EvaluateSequence(), new EvaluateSequence.Params(), ("model", trained["model"]),
            ("rows", table));
        Assert.Equal(1, spelt.MetricsOf()["test.unseen_labels"]);
        Assert.Equal(outputs.MetricsOf()["test.accuracy"], spelt.MetricsOf()["test.exact_match"]);
    }

    /// <summary>The class of unknown labels names nothing: predicting it is not right, in any of the places that count.</summary>
    [Fact]
    public void Nobody_is_right_who_cannot_name_the_answer()
    {
        var labels = LabelCodec.From(new([new(ClassLabels.ClassesKind, ClassLabels.Of(["a", "b"], unknown: "other").ToSettings())]));
        PredictedRow[] rows = [Row("a", "a"), Row("b", "a"), Row("Z", "other"), Row("Y", "a")];
        var result = ClassesResult.Of("test", rows, ["a", "b", "other"], labels);

        Assert.Equal([true, false, false, false], rows.Select(row => row.Correct));
        Assert.Equal((0.25, 2), (result.Report.Accuracy, result.Unseen));
        Assert.Equal(["a", "b", "other", "Y", "Z"], result.Report.Classes.Select(entry => entry.Name));
        string[] names = ["a", "b", "other", "Y", "Z"];
        var compared = LabelScores.Of(
            [.. rows.Select(row => Array.IndexOf(names, row.Label))], [.. rows.Select(row => Array.IndexOf(names, row.Prediction.Label))],
            [.. rows.Select(row => row.Correct)], names.Length, [0, 1, 2, 3]);
        Assert.Equal((result.Report.Accuracy, result.Report.Macro.F1, result.Report.Weighted.F1),
            (compared.Accuracy, compared.MacroF1, compared.WeightedF1));

        static PredictedRow Row(string label, string predicted) => new("test", "text", label, new(predicted, 1, []));
    }

    [Fact]
    public void A_class_that_is_never_predicted_has_no_precision()
    {
        PredictedRow[] rows = [new("test", "x", "a", new("a", 1, [])), new("test", "y", "b", new("a", 1, []))];
        var card = ClassesCard.Of([ClassesResult.Of("test", rows, ["a", "b"], LabelCodec.From(EncodingChain.Empty))],
            classes: 30, errors: 0, LabelMeanings.None);
        var report = card.Items.OfType<Grid>().Single(grid => grid.Name == "classification_report");

        Assert.Equal(["b", null, 0.0, 0.0, 1L], report.Rows[1]);
        Assert.Equal("b", card.Items.OfType<Warning>().Single(warning => warning.Name == "never_predicted").Values["names"]);
    }

    [Fact]
    public void What_codes_mean_is_shown_with_them()
    {
        LabelMeanings book = new(new(StringComparer.Ordinal) { ["a"] = "asthme" });
        PredictedRow[] rows =
            [new("test", "x", "a", new("a", 1, [])), new("test", "y", "b", new("a", 1, [])), new("test", "z", "c", new("c", 1, []))];
        var card = ClassesCard.Of([ClassesResult.Of("test", rows, ["a", "b", "c"], LabelCodec.From(EncodingChain.Empty))],
            classes: 30, errors: 5, book);

        var grids = card.Items.OfType<Grid>().ToDictionary(grid => grid.Name);
        Assert.Equal(["a · asthme", "b", "c"], grids["classification_report"].Rows.Take(3).Select(row => row[0]));
        Assert.Equal(["b", "a · asthme"], grids["surest_errors"].Rows[0].Skip(1).Take(2));
    }

    [Fact]
    public async Task A_split_that_is_not_there_is_refused()
    {
        var table = await _run.ClassesAsync(EncodedRows.Wordings());
        var trained = await _run.TrainAsync(new TrainClassifier(), Classes with { Training = EncodedRows.Training(1, 0.02) }, table);
        var error = await Assert.ThrowsAsync<StageException>(() =>
            _run.RunAsync(new EvaluateClasses(), new EvaluateClasses.Params(["dev"]), ("model", trained["model"]), ("rows", table)));
        Assert.Equal("splits", error.Parameter);
        Assert.Equal("The table has test, train, validation.", error.Help);
    }

    [Fact]
    public async Task Typed_texts_and_drawn_rows_are_predicted()
    {
        var table = await _run.CodesAsync(EncodedRows.Wordings());
        var trained = await _run.TrainAsync(new TrainSeq2seq(), Spelling, table);
        var typed = await _run.RunAsync(new PredictTexts(), new PredictTexts.Params(["Plaie, dos !", "quelque dos"]),
            ("model", trained["model"]));
        var rows = Assert.Single(await StageRun.ReadAsync((Table)typed["rows"]));
        Assert.Equal("C4", rows.Values<string>("predicted")[0]);
        Assert.Equal([0, 1], rows.Values<int>("unknown_words").Items);

        var drawn = await _run.RunAsync(new PredictExamples(), new PredictExamples.Params(5), ("model", trained["model"]), ("rows", table));
        var again = await _run.RunAsync(new PredictExamples(), new PredictExamples.Params(5), ("model", trained["model"]), ("rows", table));
        Assert.Equal(drawn["card"].Id, again["card"].Id);
        Assert.Equal(5, StageRun.CardOf(drawn)["items"]![0]!["rows"]!.AsArray().Count);
    }
}
