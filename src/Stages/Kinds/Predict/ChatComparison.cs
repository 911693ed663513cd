using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Chat;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Predict;

/// <summary>What a chat model answered, beside the answers of other models to the same texts.</summary>
/// <param name="others">By model.</param>
/// <param name="isReplaced">A model answered in the place of the chat.</param>
internal sealed class ChatComparison(
    ChatQuestions asked, IReadOnlyList<Prediction> answers, IReadOnlyList<IReadOnlyList<Prediction>> others, bool isReplaced)
{
    public RowBatch Rows()
    {
        List<ColumnData> columns =
        [
            new Values<string>(Columns.Text, [.. asked.Texts]),
            new Values<string>(Columns.Predicted, [.. answers.Select(answer => answer.Label)]),
            new Values<double>(Columns.Confidence, [.. answers.Select(answer => answer.Confidence)]),
        ];
        if (asked.Rows is { } rows)
            columns.AddRange([
                new Values<string>(Columns.Split, [.. rows.Select(row => row.Split)]),
                new Values<string>(Columns.Label, [.. rows.Select(row => row.Label)]),
                new Values<bool>(Columns.Correct, [.. rows.Zip(answers, IsRight)]),
            ]);
        return new(asked.Texts.Count, columns);
    }

    public Dictionary<string, double> Metrics()
    {
        Dictionary<string, double> metrics = new(StringComparer.Ordinal)
        {
            ["rows"] = answers.Count,
            ["unclear_answers"] = answers.Count(answer => answer.Label == ChatLabel.Unclear),
        };
        if (asked.Rows is { } rows)
            metrics["accuracy"] = Share(rows.Zip(answers, IsRight).Count(right => right));
        for (var model = 0; model < others.Count; model++)
            metrics[FormattableString.Invariant($"model_{model + 1}.agreement")] = Share(Agreements(model).Count(agrees => agrees));
        return metrics;
    }

    public CardContent Card(PredictChat.Params parameters)
    {
        var unclear = answers.Count(answer => answer.Label == ChatLabel.Unclear);
        List<CardItem> items =
        [
            new Fact("chat_model", isReplaced ? SourceName.Of("without_key", 0) : parameters.Model, ValueFormat.Code),
            Answers(),
        ];
        if (others.Count > 0)
            items.Add(new Grid("agreement_by_model", [new("model", ValueFormat.Code), new("agreement", ValueFormat.Percent)],
                [.. Enumerable.Range(0, others.Count).Select(model => (IReadOnlyList<object?>)
                    [SourceName.Of("models", model), Share(Agreements(model).Count(agrees => agrees))])]));
        if (isReplaced)
            items.Add(new Warning("answered_without_key", new Dictionary<string, object>
            {
                ["variable"] = parameters.Key,
                ["model"] = SourceName.Of("without_key", 0),
                ["chat"] = parameters.Model,
            }));
        if (unclear > 0)
            items.Add(new Warning("unclear_answers", new Dictionary<string, object> { ["count"] = unclear }));
        return new(items);
    }

    private Grid Answers()
    {
        List<GridColumn> columns = [new("text"), new("chat_answer", ValueFormat.Code)];
        if (asked.Rows is not null)
            columns.Insert(1, new("label", ValueFormat.Code));
        for (var model = 0; model < others.Count; model++)
            columns.Add(new(SourceName.Of("models", model), ValueFormat.Code));
        if (others.Count > 0)
            columns.Add(new("agreement", ValueFormat.Check));
        return new("chat_answers", columns, [.. Enumerable.Range(0, answers.Count).Select(Row)]);
    }

    private IReadOnlyList<object?> Row(int row)
    {
        List<object?> cells = [ExamplesGrid.Shortened(asked.Texts[row])];
        if (asked.Rows is { } rows)
            cells.Add(rows[row].Label);
        cells.Add(answers[row].Label);
        cells.AddRange(others.Select(model => model[row].Label));
        if (others.Count > 0)
            cells.Add(others.All(model => model[row].Label == answers[row].Label));
        return cells;
    }

    private IEnumerable<bool> Agreements(int model) => others[model].Zip(answers, (other, answer) => other.Label == answer.Label);

    private double Share(int count) => count / (double)answers.Count;

    private static bool IsRight(LabelledInput row, Prediction answer) => row.Label == answer.Label;
}
