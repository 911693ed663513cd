using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>What is measured of predicted classes beside accuracy and F1.</summary>
public sealed class ClassesResultTests : IDisposable
{
    private static readonly LabelCodec Labels =
        LabelCodec.From(new([new(ClassLabels.ClassesKind, ClassLabels.Of(["neg", "pos"]).ToSettings())]));

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void The_loss_is_the_mean_cross_entropy_of_the_true_labels()
    {
        PredictedRow[] rows =
        [
            Row("pos", "pos", 0.8) with { LabelProbability = 0.8 }, Row("pos", "neg", 0.9) with { LabelProbability = 0.1 },
        ];

        Assert.Equal((-Math.Log(0.8) - Math.Log(0.1)) / 2, ResultOf(rows).Loss!.Value, 12);
        Assert.Null(ResultOf(Row("pos", "pos", 1)).Loss);
        Assert.True(double.IsFinite(ResultOf(Row("pos", "neg", 1) with { LabelProbability = 0 }).Loss!.Value));
    }

    [Fact]
    public void Errors_of_the_positive_class_are_of_two_kinds()
    {
        PredictedRow[] rows =
        [
            Row("neg", "pos", 0.6, string.Join(' ', Enumerable.Repeat("word", 30))), Row("neg", "pos", 0.9), Row("pos", "neg", 0.7),
            Row("pos", "pos", 0.7),
        ];
        var result = ResultOf(rows);
        var metrics = result.Metrics().ToDictionary();

        Assert.Equal((2.0, 1.0), (metrics["test.false_positives"], metrics["test.false_negatives"]));
        var grids = ErrorGrids.Of(result, errors: 2, LabelMeanings.None).Cast<Grid>().ToList();
        Assert.Equal(["false_positives", "false_negatives"], grids.Select(grid => grid.Name));
        Assert.Equal([0.9, 0.6], grids[0].Rows.Select(row => (double)row[3]!));
        Assert.Equal(26, ((string)grids[0].Rows[1][0]!).Split(' ').Length);
        Assert.Equal("surest_errors", Assert.Single(ErrorGrids.Of(result with { Positive = null }, 2, LabelMeanings.None)).Name);
    }

    [Theory]
    [InlineData(100, 50, true)]
    [InlineData(99, 50, true)]
    [InlineData(98, 50, false)]
    [InlineData(100, 95, false)]
    public void A_model_that_gives_one_answer_is_reported(int predicted, int support, bool isReported)
    {
        var result = ResultOf(
            [.. Enumerable.Range(0, 100).Select(i => Row(i < support ? "neg" : "pos", i < predicted ? "neg" : "pos", 0.5))]);

        Assert.Equal(isReported ? ("neg", (long)predicted, (long)support) : null, result.Degenerate);
        var warnings = ClassesCard.Of([result], classes: 30, errors: 0, LabelMeanings.None).Items.OfType<Warning>();
        Assert.Equal(isReported, warnings.Any(warning => warning.Name == "degenerate_predictor"));
    }

    /// <summary>classification_report([1, 1, 1], [1, 1, 0], labels=[1, 2, 3]) of scikit-learn's documentation.</summary>
    [Fact]
    public void Micro_averages_leave_out_what_the_model_cannot_give()
    {
        var labels = LabelCodec.From(new([new(ClassLabels.ClassesKind, ClassLabels.Of(["1", "2", "3"]).ToSettings())]));
        var micro = ClassesResult.Of("test", [Row("1", "1", 1), Row("1", "1", 1), Row("1", "0", 1)], ["1", "2", "3"], labels).Micro;

        Assert.Equal((1, 2 / 3.0, 0.8), (micro.Precision, micro.Recall, micro.F1));
    }

    [Fact]
    public void Calibration_and_coverage_can_be_worked_out_by_hand()
    {
        (double, bool)[] answers = [(0.95, true), (0.91, false), (0.55, true), (0.55, false), (1, true)];

        var calibration = Calibration.Of(answers);
        Assert.Equal([new(2, 0.55, 0.5), new(3, (0.95 + 0.91 + 1) / 3, 2 / 3.0)], calibration.Bins);
        Assert.Equal(((2 * 0.05) + (3 * (((0.95 + 0.91 + 1) / 3) - (2 / 3.0)))) / 5, calibration.Error, 12);
        Assert.Equal(0, Calibration.Of([]).Error);

        Assert.Equal([(0.2, 1), (0.4, 1), (0.6, 2 / 3.0), (1, 0.6)], Coverage.Of(answers));
        Assert.Empty(Coverage.Of([]));
    }

    [Fact]
    public void A_model_equally_sure_of_everything_has_no_figure_of_its_confidence() =>
        Assert.Empty(ConfidenceFigures.Of([Row("pos", "pos", 0.6), Row("pos", "neg", 0.6)]));

    [Fact]
    public void Many_classes_are_gathered_by_their_frequency()
    {
        var rows = Enumerable.Range(0, 60)
            .SelectMany(name => Enumerable.Repeat(Row($"c{name}", name < 30 ? $"c{name}" : "c0", 1), name < 30 ? 1 : 3));
        var many = ClassificationReport.Of(rows.Select(row => (row.Label, row.Prediction.Label)), []);
        var bars = Assert.IsType<BarFigure>(Assert.Single(FrequencyFigure.Of(many)));

        Assert.Equal(["1", "2–4"], bars.Categories);
        Assert.Equal((29 + (2.0 / 92)) / 30, bars.Series[0].Values[0], 12);
        Assert.Equal(0, bars.Series[0].Values[1]);
        var few = ClassificationReport.Of([("a", "a"), ("b", "a"), ("c", "c")], []);
        Assert.IsType<ScatterFigure>(Assert.Single(FrequencyFigure.Of(few)));
        Assert.Empty(FrequencyFigure.Of(ClassificationReport.Of([("a", "a"), ("b", "a")], [])));
    }

    [Fact]
    public void F1_has_an_interval_from_samples_of_the_rows()
    {
        string LabelOf(int row) => row % 2 == 0 ? "neg" : "pos";
        var result = ResultOf([.. Enumerable.Range(0, 200).Select(i => Row(LabelOf(i), i % 10 == 0 ? "pos" : LabelOf(i), 1))]);

        var with = result.WithIntervals(new(500, _run.Context()), 0.95, CancellationToken.None);

        Assert.Equal(result.Report.Macro.F1, with.MacroF1!.Value.Value);
        Assert.InRange(with.MacroF1.Value.Low, 0.82, 0.89);
        Assert.InRange(with.MacroF1.Value.High, 0.91, 0.95);
        Assert.True(with.Metrics().ToDictionary()["test.weighted_f1_low"] < result.Report.Weighted.F1);
    }

    private static ClassesResult ResultOf(params PredictedRow[] rows) => ClassesResult.Of("test", rows, ["neg", "pos"], Labels);

    private static PredictedRow Row(string label, string predicted, double confidence, string text = "text") =>
        new("test", text, label, new(predicted, confidence, []));
}
