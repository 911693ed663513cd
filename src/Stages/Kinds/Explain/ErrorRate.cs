using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>How often a model errs on one sort of texts.</summary>
/// <param name="Property">What sorts them, e.g. their length.</param>
/// <param name="Values">From what to what, or which.</param>
internal sealed record ErrorRate(string Property, string Values, int Rows, int Errors)
{
    private const int Bins = 4;

    /// <summary>By length, frequency of the class in training, unknown words and capitals.</summary>
    public static IReadOnlyList<ErrorRate> Of(
        IReadOnlyList<ExplainErrors.Document> rows, IReadOnlyDictionary<string, int> training, Predictor predictor)
    {
        var words = rows.Select(row => TextWords.Of(row.Row.Text)).ToList();
        var tokens = rows.Select(row => predictor.Tokens(row.Row.Text)).ToList();
        return
        [
            .. ByNumber("words_in_text", rows, [.. words.Select(text => text.Words.Count)]),
            .. training.Count == 0 ? [] : ByNumber("training_rows_of_class", rows,
                [.. rows.Select(row => training.GetValueOrDefault(row.Row.Label))]),
            .. ByName("unknown_words_in_text", rows,
                [.. tokens.Select(text => text.Count(token => !token.Known) switch { 0 => "0", 1 => "1", _ => "2+" })]),
            .. ByName("capitalized_words", rows, [.. words.Select(text => Capitals(text) switch { 0 => "0", 1 => "1", _ => "2+" })]),
        ];
    }

    public static Grid ToGrid(IReadOnlyList<ErrorRate> rates) => new("error_rates",
        [
            new("property"), new("values"), new("rows"), new("errors"), new("error_rate", ValueFormat.Percent),
            new("interval_low", ValueFormat.Percent), new("interval_high", ValueFormat.Percent),
        ],
        [.. rates.Select(rate =>
        {
            var (low, high) = Wilson.Interval(rate.Errors, rate.Rows);
            return (IReadOnlyList<object?>)[rate.Property, rate.Values, (long)rate.Rows, (long)rate.Errors,
                rate.Errors / (double)rate.Rows, low, high];
        })]);

    /// <summary>Words of at least two letters, all of them capitals.</summary>
    private static int Capitals(TextWords text) => Enumerable.Range(0, text.Words.Count)
        .Count(word => text[word] is { Length: > 1 } letters && letters.All(char.IsUpper));

    /// <summary>In up to four groups of about as many rows, equal numbers together.</summary>
    private static IEnumerable<ErrorRate> ByNumber(string property, IReadOnlyList<ExplainErrors.Document> rows, int[] numbers)
    {
        var sorted = numbers.Order().ToArray();
        int[] bounds = [.. Enumerable.Range(1, Bins - 1).Select(bin => sorted[bin * sorted.Length / Bins]).Distinct()];
        return numbers.Zip(rows).GroupBy(pair => bounds.Count(bound => pair.First >= bound)).OrderBy(group => group.Key).Select(group =>
        {
            var (low, high) = (group.Min(pair => pair.First), group.Max(pair => pair.First));
            return Of(property, low == high ? $"{low}" : $"{low}–{high}", group.Select(pair => pair.Second));
        });
    }

    private static IEnumerable<ErrorRate> ByName(string property, IReadOnlyList<ExplainErrors.Document> rows, string[] names) =>
        names.Zip(rows).GroupBy(pair => pair.First).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(property, group.Key, group.Select(pair => pair.Second)));

    private static ErrorRate Of(string property, string values, IEnumerable<ExplainErrors.Document> rows)
    {
        var all = rows.ToList();
        return new(property, values, all.Count, all.Count(row => !row.IsRight));
    }
}
