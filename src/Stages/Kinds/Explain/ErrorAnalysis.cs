using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>What can be said about the errors of a model on some rows.</summary>
/// <param name="training">How many training rows each label has.</param>
internal sealed class ErrorAnalysis(
    IReadOnlyList<ExplainErrors.Document> rows, IReadOnlyDictionary<string, int> training, Predictor predictor)
{
    private const int MaxWordsOfText = 25;
    private const int WordsShown = 8;

    private readonly List<string> _frequent = [.. rows.CountBy(row => row.Row.Label, StringComparer.Ordinal)
        .OrderByDescending(label => label.Value).ThenBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Key)];

    // While the model is loaded: what it knows of the words of each row.
    private readonly IReadOnlyList<ErrorRate> _rates = ErrorRate.Of(rows, training, predictor);

    private IReadOnlyList<Explanation> _right = [], _wrong = [], _cases = [];
    private IReadOnlyList<ExplainErrors.HardCase> _hard = [];

    /// <summary>The documents that were explained, right ones first, then the hard cases.</summary>
    public IReadOnlyList<Explanation> Explained => [.. _right, .. _wrong, .. _cases];

    /// <summary>Explains the most confident right and wrong documents of each class, and the hard cases.</summary>
    public void Explain(IExplainer explainer, ExplainErrors.Params parameters, CancellationToken cancellation)
    {
        _right = explainer.Explain(Documents(isRight: true), _ => { }, cancellation);
        _wrong = explainer.Explain(Documents(isRight: false), _ => { }, cancellation);
        _hard = parameters.Cases ?? [];
        _cases = explainer.Explain(
            [.. _hard.Select(hard => new LabelledInput("", hard.Text, hard.Label, predictor.Encode(hard.Text), []))], _ =>
                { }, cancellation);

        List<LabelledInput> Documents(bool isRight) =>
        [
            .. from label in _frequent.Take(parameters.Classes)
               from row in rows.Where(row => row.Row.Label == label && row.IsRight == isRight)
                   .OrderByDescending(row => row.Prediction.Confidence).Take(parameters.Documents)
               select row.Row,
        ];
    }

    public Dictionary<string, double> Metrics()
    {
        var errors = rows.Count(row => !row.IsRight);
        Dictionary<string, double> metrics = new(StringComparer.Ordinal)
        {
            ["rows"] = rows.Count,
            ["errors"] = errors,
            ["error_rate"] = errors / (double)rows.Count,
        };
        if (_hard.Count > 0)
            metrics["hard_cases_right"] = _cases.Count(text => text.Row.Label == text.Prediction.Label) / (double)_hard.Count;
        return metrics;
    }

    /// <param name="classes">How many of them are shown.</param>
    /// <param name="errors">How many of each.</param>
    public IReadOnlyList<CardItem> ToCard(int classes, int errors)
    {
        List<CardItem> items =
        [
            new Fact("errors", (long)rows.Count(row => !row.IsRight)),
            ErrorRate.ToGrid(_rates),
            new Grid("confident_errors",
                [
                    new("label", ValueFormat.Code), new("predicted", ValueFormat.Code), new("confidence", ValueFormat.Percent), new("text"),
                ],
                [.. from label in _frequent.Take(classes)
                    from row in rows.Where(row => row.Row.Label == label && !row.IsRight)
                        .OrderByDescending(row => row.Prediction.Confidence).Take(errors)
                    select (IReadOnlyList<object?>)
                        [label, row.Prediction.Label, row.Prediction.Confidence, Shortened(row.Row.Text)]]),
        ];
        if (_right.Count > 0)
            items.Add(ExplanationTable.ToFigure("well_classified", _right));
        if (_wrong.Count > 0)
            items.Add(ExplanationTable.ToFigure("badly_classified", _wrong));
        items.Add(WordsOfDocuments());
        if (_hard.Count > 0)
            items.AddRange([ExplanationTable.ToFigure("hard_cases_explained", _cases), HardCases()]);
        return items;
    }

    private Grid HardCases() => new("hard_cases",
        [
            new("note"), new("text"), new("label", ValueFormat.Code), new("predicted", ValueFormat.Code),
            new("confidence", ValueFormat.Percent), new("correct", ValueFormat.Check),
        ],
        [.. _cases.Zip(_hard, (text, hard) => (IReadOnlyList<object?>)[hard.Note ?? "", hard.Text, hard.Label, text.Prediction.Label,
            text.Prediction.Confidence, hard.Label == text.Prediction.Label])]);

    /// <summary>For each predicted class, the words of the documents that were explained, added up.</summary>
    private Grid WordsOfDocuments()
    {
        var influence = NgramInfluence.Of([.. _right, .. _wrong], longest: 1);
        return new("words_of_documents", [new("predicted", ValueFormat.Code), new("for_it", ValueFormat.Scores),
                new("against_it", ValueFormat.Scores)],
            [.. influence.GroupBy(row => row.Label).Select(label => (IReadOnlyList<object?>)
            [
                label.Key, NgramRows.Named(label.Where(row => row.Score > 0).OrderByDescending(row => row.Score), WordsShown),
                NgramRows.Named(label.Where(row => row.Score < 0).OrderBy(row => row.Score), WordsShown),
            ])]);
    }

    private static string Shortened(string text)
    {
        var words = TextWords.Of(text).Words;
        return words.Count <= MaxWordsOfText ? text : text[..words[MaxWordsOfText - 1].End] + "…";
    }
}
