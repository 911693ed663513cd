using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>The errors that a model was surest of, in the report: of two classes those of either kind, of others all together.</summary>
internal static class ErrorGrids
{
    private const int WordsShown = 25;

    public static IEnumerable<CardItem> Of(ClassesResult result, int errors, LabelMeanings book)
    {
        if (result.Positive is null)
        {
            yield return ExamplesGrid.Of("surest_errors", Surest(result.Rows.Where(row => !row.Correct), errors), book);
            yield break;
        }
        yield return Grid("false_positives", result.Rows.Where(result.IsFalsePositive), errors, book);
        yield return Grid("false_negatives", result.Rows.Where(result.IsFalseNegative), errors, book);
    }

    private static Grid Grid(string name, IEnumerable<PredictedRow> rows, int errors, LabelMeanings book) => new(name,
        [
            new("text"), new("label", ValueFormat.Code), new("predicted", ValueFormat.Code), new("confidence", ValueFormat.Percent),
        ],
        [.. Surest(rows, errors).Select(row => (IReadOnlyList<object?>)
            [FirstWords(row.Text), book.Named(row.Label), book.Named(row.Prediction.Label), row.Prediction.Confidence])]);

    private static IEnumerable<PredictedRow> Surest(IEnumerable<PredictedRow> rows, int count) =>
        rows.OrderByDescending(row => row.Prediction.Confidence).Take(count);

    private static string FirstWords(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Take(WordsShown)) + (words.Length > WordsShown ? " …" : "");
    }
}
