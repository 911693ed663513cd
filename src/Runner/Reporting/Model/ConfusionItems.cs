using Pipelines.Runner.Reporting.Findings;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Which labels the model of the report takes for which, where its evaluation has no matrix: it has too many classes for one
/// with a number in every cell.</summary>
internal static class ConfusionItems
{
    public const string Stage = "confusions";

    private const int MaxWhole = 40;
    private const int MaxBlock = 15;

    /// <summary>All classes up to 40; of more those that are confused most. Empty where the stage shows a matrix itself.</summary>
    public static IReadOnlyList<CardItem> Of(FindingData data, StageResult evaluation)
    {
        if (data.Answers.Count == 0 || evaluation.Items.OfType<HeatmapFigure>().Any())
            return [];
        var labels = data.Answers.SelectMany(answer => new[] { answer.Label, answer.Predicted }).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        if (labels.Count <= MaxWhole)
            return [Matrix("confusion_matrix", labels, data.Answers)];
        var wrong = data.Answers.Where(answer => !answer.IsRight).SelectMany(answer => new[] { answer.Label, answer.Predicted })
            .GroupBy(label => label, StringComparer.Ordinal).OrderByDescending(label => label.Count())
            .ThenBy(label => label.Key, StringComparer.Ordinal).Take(MaxBlock).Select(label => label.Key)
            .Order(StringComparer.Ordinal).ToList();
        return wrong.Count < 2 ? [] : [Matrix("worst_confusions", wrong, data.Answers)];
    }

    private static HeatmapFigure Matrix(string name, List<string> labels, IReadOnlyList<Answer> answers)
    {
        var places = labels.Select((label, i) => (label, i)).ToDictionary(entry => entry.label, entry => entry.i, StringComparer.Ordinal);
        var counts = labels.Select(_ => new double[labels.Count]).ToArray();
        foreach (var answer in answers)
            if (places.TryGetValue(answer.Label, out var row) && places.TryGetValue(answer.Predicted, out var column))
                counts[row][column]++;
        return new(name, "label", "predicted", labels, labels, counts, ValueFormat.Integer);
    }
}
