using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Explaining;

/// <summary>Explanations as rows of a table, as measures and as what a card shows.</summary>
internal static class ExplanationTable
{
    /// <summary>The label that the attributions of a row speak for.</summary>
    public const string Explained = "explained";

    /// <summary>The words of a text as they stand there, and where each begins, in UTF-16 units.</summary>
    public const string Words = "words", Starts = "starts";

    /// <summary>The score without any word, what no word contributed, and the score of the text.</summary>
    public const string Base = "base", Rest = "rest", Output = "output";

    private const int LabelsShown = 3;

    /// <summary>One row a text and label.</summary>
    /// <param name="measures">Names of those that the method gives.</param>
    public static RowBatch ToBatch(IReadOnlyList<Explanation> explanations, params IReadOnlyList<string> measures)
    {
        var rows = explanations.SelectMany(text => text.Labels.Select(label => (Text: text, Label: label))).ToList();
        return new(rows.Count,
        [
            new Values<string>(Columns.Split, [.. rows.Select(row => row.Text.Row.Split)]),
            new Values<string>(Columns.Text, [.. rows.Select(row => row.Text.Row.Text)]),
            new Values<string>(Columns.Label, [.. rows.Select(row => row.Text.Row.Label)]),
            new Values<string>(Columns.Predicted, [.. rows.Select(row => row.Text.Prediction.Label)]),
            new Values<double>(Columns.Confidence, [.. rows.Select(row => row.Text.Prediction.Confidence)]),
            new Values<string>(Explained, [.. rows.Select(row => row.Label.Label)]),
            Lists.Of(Words, rows.Select(row => row.Text.Words.Select(word => row.Text.Row.Text.Substring(word.Start, word.Length)))),
            Lists.Of(Starts, rows.Select(row => row.Text.Words.Select(word => word.Start))),
            Lists.Of(Columns.Attributions, rows.Select(row => row.Label.Scores)),
            .. Numbers((Base, label => label.Base), (Rest, label => label.Rest), (Output, label => label.Output),
                (Columns.Delta, label => label.Delta)),
            .. Numbers([.. measures.Select(name => (name, (Func<LabelAttributions, double>)(label => label.Measures[name])))]),
        ]);

        IEnumerable<ColumnData> Numbers(params IEnumerable<(string Name, Func<LabelAttributions, double> Value)> columns) =>
            columns.Select(column => new Values<double>(column.Name, [.. rows.Select(row => column.Value(row.Label))]));
    }

    /// <summary>How many texts there are and how far their words miss what they should add up to, with means of the method's
    /// measures.</summary>
    public static SortedDictionary<string, double> Measure(IReadOnlyList<Explanation> explanations, params IReadOnlyList<string> means)
    {
        var labels = explanations.SelectMany(text => text.Labels).ToList();
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal)
        {
            ["texts"] = explanations.Count,
            ["mean_delta"] = labels.Average(label => Math.Abs(label.Delta)),
            ["largest_delta"] = labels.Max(label => Math.Abs(label.Delta)),
        };
        foreach (var name in means)
            metrics["mean_" + name] = labels.Average(label => label.Measures[name]);
        return metrics;
    }

    /// <summary>The texts with their words coloured, the predicted label first, then the others with the highest scores.</summary>
    public static TokensFigure ToFigure(string name, IReadOnlyList<Explanation> explanations) => new(name,
    [
        .. from text in explanations
           from label in text.Labels.OrderByDescending(label => label == text.Main).ThenByDescending(label => label.Output)
               .Take(LabelsShown)
           select text.ToFigureRow(label),
    ]);
}
