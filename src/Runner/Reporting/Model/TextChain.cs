using System.Globalization;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>One text of the run on its way from what was written to what the model answers.</summary>
internal static class TextChain
{
    public const string Stage = "chain";

    private const string Name = "text_chain";
    private const int FewestTokens = 4;
    private const int MostTokens = 14;
    private const int MaxIds = 40;

    /// <summary>Empty where no model answered, or where its texts are not cut into tokens.</summary>
    /// <param name="table">What the model learned from: its encoding is the chain.</param>
    public static IReadOnlyList<CardItem> Of(FindingData data, Table? table, Language language)
    {
        if (table is null || data.FirstTexts.Count == 0 || TextPreprocessor.TokenizerOf(table.Encoding) is null)
            return [];
        var preprocessor = TextPreprocessor.From(table.Encoding);
        var encoded = data.Answers.Zip(data.FirstTexts, (answer, text) => (Answer: answer, Text: preprocessor.Encode(text)))
            .MaxBy(one => TellingOf(one.Text));
        return [new Grid(Name, [new("step"), new("result")], [.. Rows(encoded.Answer, encoded.Text, preprocessor, language)])];
    }

    // What shows most: a text of a few tokens that was changed on its way, and one of whose words is not known.
    private static int TellingOf(EncodedText text) =>
        (text.Length is >= FewestTokens and <= MostTokens ? 4 : 0) + (text.Tokens.Any(token => !token.Known) ? 2 : 0)
            + (text.Text != text.Raw ? 1 : 0);

    private static IEnumerable<IReadOnlyList<object?>> Rows(
        Answer answer, EncodedText text, TextPreprocessor preprocessor, Language language)
    {
        yield return Row("chain_raw", text.Raw);
        if (text.Text != text.Raw)
            yield return Row("chain_prepared", text.Text);
        yield return Row("chain_tokens", string.Join(" · ", text.Tokens.Select(token => token.Text)));
        yield return Row("chain_ids", Ids(text.RealIds.ToArray()));
        if (preprocessor.Padding is not null)
            yield return Row("chain_padded", Ids(text.Ids));
        yield return Row("chain_specials", string.Join(" ; ", Specials(text, preprocessor, language)));
        yield return Row("chain_answer", language.Phrase(answer.IsRight ? "chain_right" : "chain_wrong", ("predicted", answer.Predicted),
            ("confidence", language.Numbers.Percent(answer.Confidence)), ("label", answer.Label)));

        IReadOnlyList<object?> Row(string step, string result) => [language.Phrase(step), result];
    }

    private static IEnumerable<string> Specials(EncodedText text, TextPreprocessor preprocessor, Language language)
    {
        var tokenizer = preprocessor.Tokenizer;
        yield return language.Phrase("special_padding", ("id", Number(preprocessor.PadId)));
        yield return language.Phrase("special_unknown", ("id", Number(tokenizer.UnknownId)));
        var (before, after) = tokenizer.Specials;
        foreach (var token in text.Tokens.Take(before))
            yield return language.Phrase("special_before", ("token", token.Text), ("id", Number(token.Id)));
        foreach (var token in text.Tokens.Skip(text.Length - after))
            yield return language.Phrase("special_after", ("token", token.Text), ("id", Number(token.Id)));
    }

    private static string Ids(int[] ids) => string.Join(' ', ids.Take(MaxIds).Select(Number)) + (ids.Length > MaxIds ? " …" : "");

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);
}
