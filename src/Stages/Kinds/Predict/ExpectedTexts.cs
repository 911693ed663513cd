using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Predict;

/// <summary>What a model made of chosen texts, beside what was expected of it.</summary>
/// <param name="expected">A label a text; null: nothing was expected.</param>
/// <param name="notes">What is hard about each text; null: nothing is said.</param>
internal sealed class ExpectedTexts(PredictedText[] texts, IReadOnlyList<string>? expected, IReadOnlyList<string>? notes)
{
    private readonly bool _hasCandidates = texts.Any(text => text.Prediction.Top.Count > 1);

    private bool IsRight(int text) => texts[text].Prediction.Label == expected![text];

    public Dictionary<string, double> Metrics()
    {
        Dictionary<string, double> metrics = new(StringComparer.Ordinal)
        {
            ["rows"] = texts.Length,
            ["unknown_words"] = texts.Sum(text => text.Unknown.Count),
        };
        if (expected is not null && texts.Length > 0)
            metrics["accuracy"] = Enumerable.Range(0, texts.Length).Count(IsRight) / (double)texts.Length;
        return metrics;
    }

    public Grid Answers()
    {
        List<GridColumn> columns = [new("text")];
        if (notes is not null)
            columns.Add(new("what_is_hard"));
        if (expected is not null)
            columns.Add(new("expected_label", ValueFormat.Code));
        columns.AddRange([new("predicted", ValueFormat.Code), new("confidence", ValueFormat.Percent)]);
        if (expected is not null)
            columns.Add(new("correct", ValueFormat.Check));
        columns.AddRange([new("tokens", ValueFormat.Integer), new("unknown_words")]);
        if (_hasCandidates)
            columns.Add(new("next_candidates", ValueFormat.Code));
        return new("predicted_texts", columns, [.. Enumerable.Range(0, texts.Length).Select(Row)]);
    }

    public RowBatch Rows()
    {
        List<ColumnData> columns =
        [
            new Values<string>(Columns.Text, Array.ConvertAll(texts, text => text.Text)),
            new Values<string>(Columns.Predicted, Array.ConvertAll(texts, text => text.Prediction.Label)),
            new Values<double>(Columns.Confidence, Array.ConvertAll(texts, text => text.Prediction.Confidence)),
            new Values<int>("tokens", Array.ConvertAll(texts, text => text.Tokens)),
            new Values<int>("unknown_words", Array.ConvertAll(texts, text => text.Unknown.Count)),
        ];
        // With these compare/models can set models beside each other.
        if (expected is not null)
            columns.AddRange([
                new Values<string>(Columns.Split, [.. texts.Select(_ => Splits.None)]),
                new Values<string>(Columns.Label, [.. expected]),
                new Values<bool>(Columns.Correct, [.. Enumerable.Range(0, texts.Length).Select(IsRight)]),
            ]);
        return new(texts.Length, columns);
    }

    private IReadOnlyList<object?> Row(int row)
    {
        var text = texts[row];
        List<object?> cells = [text.Text];
        if (notes is not null)
            cells.Add(notes[row]);
        if (expected is not null)
            cells.Add(text.Meanings.Named(expected[row]));
        cells.AddRange([text.Meanings.Named(text.Prediction.Label), text.Prediction.Confidence]);
        if (expected is not null)
            cells.Add(IsRight(row));
        cells.AddRange([text.Tokens, string.Join(", ", text.Unknown)]);
        if (_hasCandidates)
            cells.Add(string.Join(", ", text.Prediction.Top.Skip(1).Select(candidate => text.Meanings.Named(candidate.Label))));
        return cells;
    }
}
