using System.Globalization;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>A value of a sentence: a number with its format, a text of the data, or several of these.</summary>
/// <param name="Value">A string, long, double or list of strings.</param>
internal readonly record struct FindingValue(object Value, ValueFormat Format = ValueFormat.Auto)
{
    private const int MaxNames = 5;
    private const double LeastProbability = 0.001;

    public static FindingValue Share(double value) => new(value, ValueFormat.Percent);

    public static FindingValue WholeShare(double value) => new(new WholePercent(value));

    /// <summary><c>1 word</c>, <c>5 words</c>.</summary>
    public static FindingValue Words(long count) => new(new WordCount(count));

    /// <summary>A difference of shares without its sign, in percentage points.</summary>
    public static FindingValue Points(double difference) => new(new PercentagePoints(Math.Abs(difference) * 100));

    /// <summary>With its sign of equality, since a very small one is only said to be small.</summary>
    public static FindingValue PValue(double value) => new(new Probability(value));

    public static FindingValue Decimal(double value) => new(value, ValueFormat.Decimal);

    public static FindingValue Names(IReadOnlyList<string> names) => new(names);

    /// <summary>Values of an axis: numbers as the language writes them, other ones in quotation marks.</summary>
    public static FindingValue Settings(IReadOnlyList<string> values) => new(new SettingNames(values));

    /// <summary><c>dropout = 0,3</c>: values with their axes.</summary>
    public static FindingValue Settings(IReadOnlyList<KeyValuePair<string, string>> values) => new(new NamedSettings(values));

    /// <summary>Texts of the data, each in quotation marks.</summary>
    public static FindingValue Quoted(IReadOnlyList<string> texts) => new(new QuotedTexts(texts));

    /// <summary>A phrase for each set of values, one behind the other; empty for none.</summary>
    public static FindingValue Clauses(string phrase, IReadOnlyList<IReadOnlyDictionary<string, FindingValue>> values) =>
        new(new PhraseClauses(phrase, values));

    public static implicit operator FindingValue(string text) => new(text);

    public static implicit operator FindingValue(long count) => new(count, ValueFormat.Integer);

    public static implicit operator FindingValue(int count) => new((long)count, ValueFormat.Integer);

    /// <param name="style">Of the numbers of its sentence that have the same format.</param>
    public string In(Language language, NumberStyle? style = null) => Value switch
    {
        IReadOnlyList<string> names => List(names, language),
        SettingNames(var values) => List(
            [.. values.Select(value => NumberOf(value, language) ?? QuotedText(value, language))], language),
        NamedSettings(var values) => List(
            [.. values.Select(value => $"{value.Key}\u00A0=\u00A0{NumberOf(value.Value, language) ?? value.Value}")], language),
        QuotedTexts(var texts) => List([.. texts.Select(text => QuotedText(text, language))], language),
        string text => PageText.Short(text),
        PhraseClauses(var phrase, var clauses) => string.Concat(clauses.Select(values =>
            language.Phrase(phrase, values.Select(value => (value.Key, value.Value.In(language)))))),
        WordCount(var count) => language.Phrase(count == 1 ? "word_count_one" : "word_count", ("count", language.Numbers.Of(count))),
        WholePercent(var share) => language.Numbers.Percent(share, 0),
        PercentagePoints(var points) => language.Numbers.Decimal(points, 1),
        Probability(var value) => value < LeastProbability
            ? $"<\u00A0{language.Numbers.Decimal(LeastProbability)}"
            : $"=\u00A0{language.Numbers.Decimal(value)}",
        double number when style is { } shared => language.Numbers.Of(number, shared),
        _ => language.Numbers.Of(Value, Format),
    };

    private static string QuotedText(string text, Language language) => language.Phrase("quoted", ("text", PageText.Short(text)));

    /// <summary>The number that a value of an axis is; null: it is a word.</summary>
    public static double? NumberOf(string setting) =>
        double.TryParse(setting, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static string? NumberOf(string setting, Language language) =>
        NumberOf(setting) is { } number ? language.Numbers.Short(number) : null;

    private sealed record SettingNames(IReadOnlyList<string> Values);

    private sealed record NamedSettings(IReadOnlyList<KeyValuePair<string, string>> Values);

    private sealed record QuotedTexts(IReadOnlyList<string> Texts);

    private sealed record PhraseClauses(string Phrase, IReadOnlyList<IReadOnlyDictionary<string, FindingValue>> Values);

    private sealed record WordCount(long Count);

    private sealed record WholePercent(double Share);

    private sealed record PercentagePoints(double Points);

    private sealed record Probability(double Value);

    // « B, H, L et Y »; of many the first.
    private static string List(IReadOnlyList<string> names, Language language)
    {
        var shown = names.Take(MaxNames).Select(PageText.Short).ToList();
        return names.Count > MaxNames ? string.Join(", ", shown) + "…"
            : shown.Count < 2 ? string.Concat(shown)
            : $"{string.Join(", ", shown.SkipLast(1))} {language.Phrase("authors_and")} {shown[^1]}";
    }
}
