using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting.Findings;

/// <summary>For each rule data that it speaks of, and like data of which it has nothing to say.</summary>
internal static class FindingSamples
{
    public static IReadOnlyDictionary<string, (FindingData Found, FindingData Quiet)> ByRule { get; } =
        Answers().Concat(Others()).Concat(Comparisons()).Concat(Descriptions()).ToDictionary();

    private static Dictionary<string, (FindingData Found, FindingData Quiet)> Answers() => new()
    {
        ["degenerate"] = (
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")), Of(Rows(60, "a", "a"), Rows(30, "b", "a"), Rows(10, "b", "b"))),
        ["at_baseline"] = (Scored(0.55, 0.45, 0.65, baseline: 0.5), Scored(0.75, 0.65, 0.82, baseline: 0.5)),
        ["leak"] = (
            Of(Rows(20, "a", "a", text: "seen"), Rows(50, "a", "a"), Rows(50, "b", "a")) with { LearnedTexts = Learned("seen") },
            Of(Rows(4, "a", "a", text: "seen"), Rows(50, "a", "a"), Rows(50, "b", "a")) with { LearnedTexts = Learned("seen") }),
        ["contradictory"] = (
            Of(Rows(6, "a", "a", text: "same"), Rows(4, "b", "a", text: "same"), Rows(90, "a", "a")),
            Of(Rows(6, "a", "a", text: "same"), Rows(94, "b", "a"))),
        ["unlearned"] = (
            Of(Rows(90, "a", "a"), Rows(10, "new", "a")) with { Learned = Counts(("a", 500)) },
            Of(Rows(90, "a", "a"), Rows(10, "b", "a")) with { Learned = Counts(("a", 500), ("b", 1)) }),
        ["never_predicted"] = (
            Of(Rows(90, "a", "a"), Rows(6, "b", "b"), Rows(4, "c", "a")) with { Learned = Counts(("a", 500), ("b", 40), ("c", 20)) },
            Of(Rows(90, "a", "a"), Rows(6, "b", "b"), Rows(3, "c", "a"), Rows(1, "c", "c")) with
            {
                Learned = Counts(("a", 500), ("b", 40), ("c", 20)),
            }),
        ["class_size"] = (
            Of(Rows(95, "a", "a"), Rows(5, "a", "b"), Rows(15, "b", "a"), Rows(5, "b", "b"), Rows(20, "c", "c")) with
            {
                Learned = Counts(("a", 900), ("b", 30), ("c", 400)),
            },
            Of(Rows(95, "a", "a"), Rows(5, "a", "b"), Rows(1, "b", "a"), Rows(19, "b", "b"), Rows(20, "c", "c")) with
            {
                Learned = Counts(("a", 900), ("b", 30), ("c", 400)),
            }),
        ["confused"] = (
            Of(Rows(80, "a", "a"), Rows(8, "a", "b"), Rows(10, "b", "b"), Rows(2, "c", "a")),
            Of(Rows(80, "a", "a"), Rows(4, "a", "b"), Rows(10, "b", "b"), Rows(6, "c", "c"))),
        ["overused"] = (
            Of(Rows(40, "a", "a"), Rows(30, "b", "b"), Rows(30, "b", "a")),
            Of(Rows(40, "a", "a"), Rows(45, "b", "b"), Rows(8, "b", "a"), Rows(7, "a", "b"))),
        ["beginning"] = (
            Of(Rows(50, "A12", "A12"), Rows(12, "A13", "A12"), Rows(4, "B10", "A12")),
            Of(Rows(50, "A12", "A12"), Rows(12, "C13", "A12"), Rows(4, "A10", "A12"))),
    };

    private static Dictionary<string, (FindingData Found, FindingData Quiet)> Others() => new()
    {
        ["effect"] = (Tried(("0.1", [0.90, 0.91, 0.92]), ("0.3", [0.91, 0.90, 0.93])), Tried(("0.1", [0.90]), ("0.3", [0.91]))),
        ["parent"] = (
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")) with
            {
                Pipeline = "child",
                Parent = new("base", [.. Enumerable.Repeat(true, 50), .. Enumerable.Repeat(false, 50)]),
            },
            Of(Rows(60, "a", "a"), Rows(40, "b", "a"))),
        ["surest"] = (
            Of(Rows(80, "a", "a", 0.9), Rows(4, "b", "a", 0.8), Rows(16, "b", "a", 0.4)),
            Of(Rows(64, "a", "a", 0.9), Rows(16, "b", "a", 0.8), Rows(16, "a", "a", 0.5), Rows(4, "b", "a", 0.4))),
        ["calibration"] = (
            Of(Rows(60, "a", "a", 0.97), Rows(40, "b", "a", 0.93)), Of(Rows(90, "a", "a", 0.92), Rows(10, "b", "a", 0.8))),
        ["unknown"] = (
            Of(Words(95, "a", "a"), Words(5, "b", "a"), Words(15, "a", "a", "typo"), Words(15, "b", "a", "typo")),
            Of(Words(95, "a", "a"), Words(5, "b", "a"), Words(29, "a", "a", "typo"), Words(1, "b", "a", "typo"))),
        ["length"] = (
            Of(Rows(60, "a", "a", text: "short"), Rows(20, "a", "a", text: Long), Rows(40, "b", "a", text: Long)),
            Of(Rows(60, "a", "a", text: "short"), Rows(57, "a", "a", text: Long), Rows(3, "b", "a", text: Long))),
        ["capitals"] = (
            Of(Rows(95, "a", "a"), Rows(5, "b", "a"), Rows(15, "a", "a", text: "LOUD"), Rows(15, "b", "a", text: "LOUD")),
            Of(Rows(95, "a", "a"), Rows(5, "b", "a"), Rows(30, "a", "a", text: "LOUD"))),
        ["numbers"] = (
            Of(Rows(95, "a", "a"), Rows(5, "b", "a"), Rows(15, "a", "a", text: "in 3 days"), Rows(15, "b", "a", text: "in 3 days")),
            Of(Rows(95, "a", "a"), Rows(5, "b", "a"), Rows(30, "a", "a", text: "in 3 days"))),
        ["still_improving"] = (Trained(3, [3, 2, 1], [3, 2.5, 2]), Trained(2, [3, 2, 1], [3, 2, 2.05])),
        ["overfitting"] = (Trained(2, [3, 2, 1, 0.5], [3, 2, 2.2, 2.6]), Trained(4, [3, 2, 1, 0.5], [3, 2, 1.9, 1.8])),
        ["by_heart"] = (
            Trained(2, [2, 1], [2, 1.8], new("accuracy", [0.8, 0.99], [0.7, 0.75])),
            Trained(2, [2, 1], [2, 1.1], new("accuracy", [0.8, 0.9], [0.8, 0.88]))),
        ["misleading"] = (Explained(("a", "b"), ("a", "a")), Explained(("a", "a"), ("b", "b"))),
        ["deciding"] = (
            Explained(("a", "a"), ("b", "b"), ("a", "a"), ("b", "b")),
            Explained(("a", "a"), ("b", "b"))),
        ["sample_data"] = (new() { IsSample = true }, new()),
        ["chosen_on_told"] = (new() { IsChosenOnTold = true }, new()),
        ["few_rows"] = (
            Scored(0.7, 0.6, 0.8, 0.5) with { Answers = Rows(90, "a", "a") },
            Scored(0.7, 0.69, 0.71, 0.5) with { Answers = Rows(90, "a", "a") }),
        ["single_training"] = (new() { HasTraining = true, Seeds = 1 }, new() { HasTraining = true, Seeds = 3 }),
    };

    private static Dictionary<string, (FindingData Found, FindingData Quiet)> Comparisons() => new()
    {
        ["question"] = (
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")) with
            {
                Model = "whole",
                Compared =
                [
                    new(new("frozen", Right(46)), new("counts", Right(58))),
                    new(new("whole", Right(60)), new("frozen", Right(46))),
                ],
            },
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")) with { Rivals = [new("counts", Right(58))] }),
        ["rivals"] = (
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")) with
            {
                Model = "lstm",
                Rivals = [new("svm", [.. Enumerable.Repeat(true, 58), .. Enumerable.Repeat(false, 42)])],
            },
            Of(Rows(60, "a", "a"), Rows(40, "b", "a"))),
        ["values"] = (
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")) with
            {
                Axis = new("attention", "luong"),
                Rivals =
                [
                    new("none", [.. Enumerable.Repeat(true, 48), .. Enumerable.Repeat(false, 52)]) { Value = "none" },
                    new("bahdanau", [.. Enumerable.Repeat(true, 58), .. Enumerable.Repeat(false, 42)]) { Value = "bahdanau" },
                ],
            },
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")) with { Rivals = [new("svm", [.. Enumerable.Repeat(true, 100)])] }),
        ["asked"] = (
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")) with
            {
                Axis = new("length", "4"),
                Asked = [new("1", 100, 92), new("2", 100, 85), new("4", 100, 60)],
            },
            Of(Rows(60, "a", "a"), Rows(40, "b", "a")) with { Axis = new("dropout", "0.1") }),
        ["chosen_setting"] = (Searched(chosen: 1), Searched(chosen: null)),
    };

    // The first of a hundred rows.
    private static List<bool> Right(int count) => [.. Enumerable.Range(0, 100).Select(row => row < count)];

    private static Dictionary<string, (FindingData Found, FindingData Quiet)> Descriptions() => new()
    {
        ["unequal_labels"] = (
            Described(labels: new("codes", 320, 60, "I10 (335)", "T253 (3)", Bars("most_frequent_classes"))),
            Described(labels: new("codes", 4, 2, "pos (50)", "neg (49)", Bars("most_frequent_classes")))),
        ["text_sizes"] = (
            Described(lengths: new("lengths", 5, 10, 21, new("text_lengths", "words", [0, 10, 21], [80, 20], null, null, null))),
            Described()),
        ["rare_words"] = (Described(words: ("raw", 4853, 0.456)), Described(words: ("raw", 4853, 0.1))),
        ["fewer_words"] = (
            Described(words: [("raw", 4853, 0.456), ("lemmas", 4603, 0.465)]),
            Described(words: [("raw", 4603, 0.456), ("other", 4853, 0.465)])),
    };

    /// <summary>Enough for a full first page.</summary>
    public static FindingData Everything => ByRule["class_size"].Found with
    {
        Score = ByRule["at_baseline"].Found.Score,
        Baseline = ByRule["at_baseline"].Found.Baseline,
        Epochs = ByRule["still_improving"].Found.Epochs,
        Explained = ByRule["misleading"].Found.Explained,
        EpochsOption = "-p epochs",
        IsSample = true,
        HasTraining = true,
    };

    private const string Long = "one two three four five six seven";

    public static FindingData Of(params IReadOnlyList<Answer>[] rows) =>
        new() { Stage = "scores", Split = "test", Answers = [.. rows.SelectMany(some => some)] };

    public static IReadOnlyList<Answer> Rows(
        int count, string label, string predicted, double confidence = 0.9, string text = "a text") =>
        [.. Enumerable.Repeat(new Answer(AnsweredText.Of(text), label, predicted, confidence, label == predicted), count)];

    /// <summary>Answers to texts of a model that reads words.</summary>
    /// <param name="unknown">Those that it has no number for.</param>
    public static IReadOnlyList<Answer> Words(int count, string label, string predicted, params string[] unknown) =>
        [.. Rows(count, label, predicted).Select(row => row with { Text = row.Text with { UnknownWords = unknown } })];

    public static Dictionary<string, long> Counts(params (string Label, long Rows)[] labels) =>
        labels.ToDictionary(label => label.Label, label => label.Rows);

    private static HashSet<UInt128> Learned(params string[] texts) => [.. texts.Select(AnsweredText.IdOf)];

    private static FindingData Scored(double value, double low, double high, double baseline) => new()
    {
        Score = new("accuracy", new(new(null, "accuracy"), ValueFormat.Percent), value, low, high),
        Baseline = new(baseline, new("Répondre", "Answering")),
    };

    private static FindingData Trained(
        int best, IReadOnlyList<double> train, IReadOnlyList<double> validation, EpochMeasure? measure = null) =>
        new() { Epochs = new("model", best, train, validation, measure), EpochsOption = "-p epochs" };

    private static FindingData Described(
        DescribedLabels? labels = null, DescribedLengths? lengths = null,
        params (string Stage, long Distinct, double Once)[] words) => new()
        {
            Described = new(labels, lengths,
            [.. words.Select(vocabulary => new DescribedWords(vocabulary.Stage, vocabulary.Distinct, vocabulary.Once))]),
        };

    private static BarFigure Bars(string name) =>
        new(name, "class", "share", ["a", "b", "c", "d", "e", "f"], [new("train", [0.3, 0.2, 0.2, 0.1, 0.1, 0.1])], ValueFormat.Percent);

    private static FindingData Tried(params (string Value, double[] Scores)[] values) => new()
    {
        Effects = [new("dropout", new("scores", "test.accuracy", ValueFormat.Percent),
            [.. values.Select(value => new AxisValue(
                value.Value, value.Scores.Select((score, i) => ($"seed={i + 1}", score)).ToDictionary()))], 0.0129)],
    };

    private static FindingData Searched(int? chosen) => new()
    {
        Sweeps = [new(["size", "rate"], [new("model", "validation.accuracy", ValueFormat.Percent)],
            [.. new[] { 0.7, 0.9, 0.8 }.Select((score, i) => new SweepCell([$"{32 << i}", $"0.0{i + 1}"], [score], i == chosen))])],
    };

    private static FindingData Explained(params (string Label, string Predicted)[] texts) => new()
    {
        Explained = [.. texts.Select(text => new ExplainedAnswer(text.Label, text.Predicted, ["severe", "pain"], [0.1, 0.7]))],
    };
}
