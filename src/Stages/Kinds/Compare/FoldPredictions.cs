using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Measures;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>What the models of several experiments answered, fold by fold.</summary>
/// <param name="Experiments">In the order of their first predictions.</param>
/// <param name="Rows">Of each fold.</param>
/// <param name="Labels">How many different ones there are, true or predicted.</param>
internal sealed record FoldPredictions(IReadOnlyList<FoldedExperiment> Experiments, IReadOnlyList<int> Rows, int Labels)
{
    /// <param name="repetitions">The experiment of each table; null: there is one.</param>
    /// <exception cref="StageException">The tables are not about the same folds.</exception>
    public static async Task<FoldPredictions> ReadAsync(
        IReadOnlyList<Table> tables, IReadOnlyList<int>? repetitions, string split, CancellationToken cancellation)
    {
        if (repetitions is not null && repetitions.Count != tables.Count)
            throw new StageException($"There are {tables.Count} tables of predictions, but {repetitions.Count} numbers of repetitions.")
            {
                Help = "Give each table one number, the same to those that differ by their fold or seed only.",
                Parameter = "repetitions",
            };
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        List<FoldAnswers> answers = [];
        for (var i = 0; i < tables.Count; i++)
            answers.Add(await FoldAnswers.ReadAsync(tables[i], i, split, numbers, cancellation).ConfigureAwait(false));
        List<string> folds = [.. answers.Select(one => one.Fold).Distinct()];
        if (folds.Count < 2)
            throw new StageException("All predictions are of the same rows, so there is one fold only.")
            {
                Help = "Give those of every fold of split/folds; compare/models compares models on the same rows.",
            };
        List<FoldedExperiment> experiments = [.. answers.GroupBy(one => repetitions?[one.Table] ?? 0)
            .Select(same => new FoldedExperiment(
                same.First().Table, [.. folds.Select(fold => same.Where(one => one.Fold == fold).ToList())]))];
        Check(experiments, answers, folds);
        return new(experiments, [.. folds.Select(fold => answers.Find(one => one.Fold == fold)!.Labels.Length)], numbers.Count);
    }

    private static void Check(List<FoldedExperiment> experiments, List<FoldAnswers> answers, List<string> folds)
    {
        foreach (var experiment in experiments)
            for (var fold = 0; fold < folds.Count; fold++)
                if (experiment.Answers[fold].Count == 0)
                {
                    var other = answers.Find(one => one.Fold == folds[fold])!;
                    throw new StageException(
                        $"{experiment.Name} has no predictions of the rows of {SourceName.Of(PairedPredictions.Port, other.Table)}.")
                    {
                        Help = "Evaluate every model on every fold, with the same labels.",
                    };
                }
    }
}

/// <param name="First">The place of its first table among all.</param>
/// <param name="Answers">By fold; several where trainings were repeated with other seeds.</param>
internal sealed record FoldedExperiment(int First, IReadOnlyList<IReadOnlyList<FoldAnswers>> Answers)
{
    public string Name => SourceName.OfAll(PairedPredictions.Port, First);

    /// <summary>A measure on each fold, the mean over repeated trainings.</summary>
    public double[] ByFold(int labels, Func<LabelScores, double> measure) =>
        [.. Answers.Select(repeated => repeated.Average(one => measure(one.Scores(labels))))];
}

/// <param name="Table">Its place among all tables.</param>
/// <param name="Fold">Equal for the same rows.</param>
internal sealed record FoldAnswers(int Table, string Fold, int[] Labels, int[] Predicted, bool[] Correct)
{
    public LabelScores Scores(int labels) => LabelScores.Of(Labels, Predicted, Correct, labels, [.. Enumerable.Range(0, Labels.Length)]);

    /// <param name="numbers">Of the labels so far; new ones are added.</param>
    public static async Task<FoldAnswers> ReadAsync(
        Table table, int place, string split, Dictionary<string, int> numbers, CancellationToken cancellation)
    {
        using var rows = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<int> labels = [], predicted = [];
        List<bool> correct = [];
        await foreach (var batch in Tables.TableReader.ReadAsync(
            table, [Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Correct], cancellation).ConfigureAwait(false))
            for (var row = 0; row < batch.Count; row++)
                if (batch.Values<string>(Columns.Split)[row] == split)
                {
                    var (text, label) = (batch.Values<string>(Columns.Text)[row], batch.Values<string>(Columns.Label)[row]);
                    rows.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Length} {text} {label}\n")));
                    labels.Add(NumberOf(label));
                    predicted.Add(NumberOf(batch.Values<string>(Columns.Predicted)[row]));
                    correct.Add(batch.Values<bool>(Columns.Correct)[row]);
                }
        return labels.Count > 0
            ? new(place, Convert.ToHexString(rows.GetHashAndReset()), [.. labels], [.. predicted], [.. correct])
            : throw new StageException($"{SourceName.Of(PairedPredictions.Port, place)} has no predictions of the split '{split}'.")
            {
                Parameter = "split",
            };

        int NumberOf(string label) => numbers.TryGetValue(label, out var number) ? number : numbers[label] = numbers.Count;
    }
}
