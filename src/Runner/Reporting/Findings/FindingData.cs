using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>What rules look at: the answers of the model a report is about, what it learned from, and how.</summary>
internal sealed record FindingData
{
    /// <summary>The evaluation, and the rows it is told of.</summary>
    public string Stage { get; init; } = "";

    /// <summary>What the model is called beside others.</summary>
    public string Model { get; init; } = "";

    public string Split { get; init; } = "";

    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>The texts of the first of <see cref="Answers"/>, as they were written.</summary>
    public IReadOnlyList<string> FirstTexts { get; init; } = [];

    /// <summary>How many rows of each label the model learned from; empty where it is not known.</summary>
    public IReadOnlyDictionary<string, long> Learned { get; init; } = new Dictionary<string, long>();

    /// <summary>The ids of those texts of <see cref="Answers"/> that the model learned from.</summary>
    public IReadOnlySet<UInt128> LearnedTexts { get; init; } = new HashSet<UInt128>();

    public Epochs? Epochs { get; init; }

    /// <summary>Null where nothing was evaluated.</summary>
    public Score? Score { get; init; }

    public Baseline? Baseline { get; init; }

    /// <summary>Texts with the weight of each of their words.</summary>
    public IReadOnlyList<ExplainedAnswer> Explained { get; init; } = [];

    /// <summary>Other models that answered the same rows, in their order.</summary>
    public IReadOnlyList<Rival> Rivals { get; init; } = [];

    /// <summary>Models whose difference the hypothesis bounds, in its order.</summary>
    public IReadOnlyList<ComparedPair> Compared { get; init; } = [];

    /// <summary>A setting that the evaluation and some of its rivals differ in alone, with the value that the evaluation has; null: there
    /// is none.</summary>
    public KeyValuePair<string, string>? Axis { get; init; }

    /// <summary>On that axis, what was had right where other labels were asked, such as the first letter of a code, and the one that is
    /// told, in the order of the axis; empty: all were asked the same.</summary>
    public IReadOnlyList<Slice> Asked { get; init; } = [];

    /// <summary>Axes that the pipeline has from the one that it extends: what it changes itself is another thing.</summary>
    public IReadOnlySet<string> InheritedAxes { get; init; } = new HashSet<string>();

    public IReadOnlyList<Sweep> Sweeps { get; init; } = [];

    /// <summary>The name of the pipeline, and the answers of the one that it extends to the same rows; null: there are none.</summary>
    public string Pipeline { get; init; } = "";

    public Rival? Parent { get; init; }

    /// <summary>What was tried with several values.</summary>
    public IReadOnlyList<AxisEffect> Effects { get; init; } = [];

    /// <summary>What was found of the data themselves, where no model was evaluated.</summary>
    public DescribedData Described { get; init; } = DescribedData.None;

    /// <summary>How many trainings with different seeds the score is the mean of.</summary>
    public int Seeds { get; init; } = 1;

    public bool HasTraining { get; init; }

    public bool IsChosenOnTold { get; init; }

    /// <summary>Whether all that is loaded are samples of the runner.</summary>
    public bool IsSample { get; init; }

    /// <summary>What on the command line sets the number of epochs, but for the number: <c>-p epochs</c>; null: nothing does.</summary>
    public string? EpochsOption { get; init; }

    public double Right => Answers.Count == 0 ? 0 : Answers.Count(answer => answer.IsRight) / (double)Answers.Count;

    // A copy with other answers has this field too.
    public Slices Slices => field is { } known && known.AreOf(this) ? known : field = new(this);

    public IReadOnlyList<Answer> Errors => field ??= [.. Answers.Where(answer => !answer.IsRight)];

    /// <summary>By label of the answers.</summary>
    public IReadOnlyList<LabelAnswers> Labels => field ??=
        [.. Answers.GroupBy(answer => answer.Label, StringComparer.Ordinal).OrderBy(rows => rows.Key, StringComparer.Ordinal)
            .Select(rows => new LabelAnswers(rows.Key, Learned.GetValueOrDefault(rows.Key), rows.Count(), rows.Count(row => row.IsRight)))];

    public IReadOnlyDictionary<string, LabelAnswers> LabelsByName => field ??=
        Labels.ToDictionary(label => label.Label, StringComparer.Ordinal);
}

/// <param name="Text">Of what was written, before anything was done to it.</param>
internal sealed record Answer(AnsweredText Text, string Label, string Predicted, double Confidence, bool IsRight);

/// <param name="Learned">Rows of this label that the model learned from.</param>
internal sealed record LabelAnswers(string Label, long Learned, long Rows, long Right)
{
    public double Recall => Right / (double)Rows;
}

internal sealed record ExplainedAnswer(string Label, string Predicted, IReadOnlyList<string> Tokens, IReadOnlyList<double> Weights);

/// <param name="IsRight">By row, as <see cref="FindingData.Answers"/>.</param>
internal sealed record Rival(string Model, IReadOnlyList<bool> IsRight)
{
    public long Right => IsRight.LongCount(right => right);

    public double Share => Right / (double)IsRight.Count;

    public Slice AsSlice(string name) => new(name, IsRight.Count, Right);

    /// <summary>Whether it is another cell of the evaluation.</summary>
    public bool IsCell { get; init; }

    /// <summary>What it has on <see cref="FindingData.Axis"/>; null: it differs in something else.</summary>
    public string? Value { get; init; }
}

/// <summary>Two models that answered the same rows.</summary>
internal sealed record ComparedPair(Rival First, Rival Second)
{
    /// <summary>Whether both are cells of one evaluation.</summary>
    public bool AreCells { get; init; }

    public bool IsOf(string one, string other) =>
        (First.Model == one && Second.Model == other) || (First.Model == other && Second.Model == one);
}

/// <summary>A training as its curves show it; the lists have one value an epoch.</summary>
/// <param name="Stage">The training.</param>
/// <param name="Best">The epoch that was kept, from 1.</param>
/// <param name="Measure">The measure that the report tells first, on both splits; null where the training did not take it.</param>
internal sealed record Epochs(
    string Stage, int Best, IReadOnlyList<double> TrainLoss, IReadOnlyList<double> ValidationLoss, EpochMeasure? Measure);

internal sealed record EpochMeasure(string Name, IReadOnlyList<double> Train, IReadOnlyList<double> Validation);
