using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Training;

/// <summary>The epochs of a training in the report: one curve figure a measure, and all numbers in a table.</summary>
internal static class HistoryCard
{
    public static IEnumerable<CardItem> Items(TrainingHistory history)
    {
        var (names, ofHeads) = (history.Epochs[0].Metrics.Keys.Where(name => !IsOfHead(name)).ToList(),
            history.Epochs[0].Metrics.Keys.Where(IsOfHead).ToList());
        if (history.Diverged is { } divergence)
            yield return divergence.Warning(history.Best);
        yield return new Fact("best_epoch", history.Best, ValueFormat.Integer);
        yield return new Fact("epochs", history.Epochs.Count, ValueFormat.Integer);
        var measures = names.Select(Measure).Distinct().OrderByDescending(MetricNames.IsLowerBetter)
            .ThenBy(name => name, StringComparer.Ordinal);
        foreach (var measure in measures)
            yield return Curve(history, measure, [.. names.Where(name => Measure(name) == measure)]);
        if (history.Epochs.Select(epoch => epoch.LearningRate).Distinct().Count() > 1)
            yield return Rates(history);
        if (ofHeads.Count > 0)
            yield return Heads(history, ofHeads);
        GridColumn[] columns =
        [
            new("epoch", ValueFormat.Integer), .. names.Select(name => new GridColumn(Key(name), Format(name))), new("learning_rate"),
            new("best", ValueFormat.Check),
        ];
        yield return new Grid(
            "history", columns,
            [.. history.Epochs.Select((epoch, i) => (IReadOnlyList<object?>)
                [i + 1, .. names.Select(name => (object?)epoch.Metrics[name]), epoch.LearningRate, i + 1 == history.Best])]);
    }

    /// <summary>What each head came to in the best epoch.</summary>
    private static Grid Heads(TrainingHistory history, List<string> names)
    {
        string[] columns = [.. names.Select(name => Key(WithoutHead(name))).Distinct().Order(StringComparer.Ordinal)];
        return new(
            "heads", [new("head", ValueFormat.Code), .. columns.Select(column => new GridColumn(column, Format(column)))],
            [.. names.GroupBy(HeadOf, StringComparer.Ordinal).Select(head => (IReadOnlyList<object?>)
                [head.Key, .. columns.Select(column => head.FirstOrDefault(name => Key(WithoutHead(name)) == column) is { } name
                    ? history.BestMetrics[name] : (object?)null)])]);
    }

    /// <summary><c>train.letter.loss</c> is of the head <c>letter</c>.</summary>
    private static bool IsOfHead(string name) => name.Split('.').Length == 3;

    private static string HeadOf(string name) => name.Split('.')[1];

    private static string WithoutHead(string name) => name.Split('.') is [var split, _, var measure] ? $"{split}.{measure}" : name;

    private static LineFigure Rates(TrainingHistory history)
    {
        var series = new LineSeries("learning_rate", EpochNumbers(history), [.. history.Epochs.Select(epoch => epoch.LearningRate)]);
        return new("learning_rate_by_epoch", "epoch", "learning_rate", [series], history.Best, "best_epoch");
    }

    private static LineFigure Curve(TrainingHistory history, string measure, IReadOnlyList<string> names)
    {
        var epochs = EpochNumbers(history);
        var series = names.Select(name => new LineSeries(
            name[..name.IndexOf('.', StringComparison.Ordinal)], epochs, [.. history.Epochs.Select(epoch => epoch.Metrics[name])]));
        return new($"{measure}_by_epoch", "epoch", measure, [.. series], history.Best, "best_epoch");
    }

    private static double[] EpochNumbers(TrainingHistory history) => [.. Enumerable.Range(1, history.Epochs.Count)];

    /// <summary><c>train.loss</c> is the measure <c>loss</c>.</summary>
    private static string Measure(string name) => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static string Key(string name) => name.Replace('.', '_');

    private static ValueFormat Format(string name) => MetricNames.IsLowerBetter(name) ? ValueFormat.Decimal : ValueFormat.Percent;
}
