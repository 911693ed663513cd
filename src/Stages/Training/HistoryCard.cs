using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Training;

/// <summary>The epochs of a training in the report: one curve figure a measure, and all numbers in a table.</summary>
internal static class HistoryCard
{
    public static IEnumerable<CardItem> Items(TrainingHistory history)
    {
        var names = history.Epochs[0].Keys.ToList();
        yield return new Fact("best_epoch", history.Best, ValueFormat.Integer);
        yield return new Fact("epochs", history.Epochs.Count, ValueFormat.Integer);
        var measures = names.Select(Measure).Distinct().OrderByDescending(TrainingHistory.IsLoss).ThenBy(name => name, StringComparer.Ordinal);
        foreach (var measure in measures)
            yield return Curve(history, measure, [.. names.Where(name => Measure(name) == measure)]);
        yield return new Grid(
            "history",
            [new("epoch", ValueFormat.Integer), .. names.Select(name => new GridColumn(Key(name), Format(name))), new("best", ValueFormat.Check)],
            [.. history.Epochs.Select((epoch, i) => (IReadOnlyList<object?>)
                [i + 1, .. names.Select(name => (object?)epoch[name]), i + 1 == history.Best])]);
    }

    private static LineFigure Curve(TrainingHistory history, string measure, IReadOnlyList<string> names)
    {
        double[] epochs = [.. Enumerable.Range(1, history.Epochs.Count)];
        var series = names.Select(name => new LineSeries(
            name[..name.IndexOf('.', StringComparison.Ordinal)], epochs, [.. history.Epochs.Select(epoch => epoch[name])]));
        return new($"{measure}_by_epoch", "epoch", measure, [.. series], history.Best, "best_epoch");
    }

    /// <summary><c>train.loss</c> is the measure <c>loss</c>.</summary>
    private static string Measure(string name) => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static string Key(string name) => name.Replace('.', '_');

    private static ValueFormat Format(string name) => TrainingHistory.IsLoss(name) ? ValueFormat.Decimal : ValueFormat.Percent;
}
