using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>report</c>.</summary>
internal static class ReportReader
{
    private const string DefaultTemplate = "experiment";
    private const string DefaultLanguage = "en";

    private static readonly string[] Keys =
        ["template", "language", "authors", "course", "university", "attention", "date", "answers", "questions"];
    private static readonly string[] Languages = ["en", "fr"];

    public static ReportSettings Read(YamlNode? report, ICollection<Diagnostic> diagnostics)
    {
        if (report is not YamlMap map)
        {
            if (report is not null)
                diagnostics.Add(Diagnostics.NoMap(report, "'report'"));
            return new(DefaultTemplate, DefaultLanguage, [], null, null, null);
        }
        foreach (var entry in map.Entries)
            if (!Keys.Contains(entry.Key.Text))
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "'report'", Keys));
        var language = Text("language");
        if (language is not null && !Languages.Contains(language))
            diagnostics.Add(Diagnostics.UnknownLanguage(map.Find("language")!.Value));
        var template = Text("template");
        if (template is not null && !IsName(template))
            diagnostics.Add(Diagnostics.NoTemplateName(map.Find("template")!.Value));
        var authors = map.Find("authors") is { Value: not YamlScalar { IsNull: true } } written
            ? TextReading.Texts(written.Value, "An author", diagnostics)
            : [];
        return new(template ?? DefaultTemplate, language ?? DefaultLanguage, authors, Text("course"), Text("date"), Text("answers"))
        {
            TemplateAt = map.Find("template")?.Value.At,
            AnswersAt = map.Find("answers")?.Value.At,
            University = Text("university"),
            Attention = Text("attention"),
            // A variation of an experiment does not answer the questions once more.
            Questions = map.Find("questions") is { Key.Through.Count: 0 } asked ? Questions(asked.Value, diagnostics) : [],
        };

        static bool IsName(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

        string? Text(string key) => map.Find(key)?.Value is { } node and not YamlScalar { IsNull: true }
            ? TextReading.Text(node, $"'{key}'", diagnostics)
            : null;
    }

    private static IReadOnlyList<ReportQuestion> Questions(YamlNode? questions, ICollection<Diagnostic> diagnostics)
    {
        if (questions is YamlMap map)
            return [.. map.Entries.Where(entry => entry.Value is not YamlScalar { IsNull: true })
                .Select(entry => new ReportQuestion(entry.Key.Text, TextReading.Localized(entry.Value, "A question", diagnostics)))];
        if (questions is not null and not YamlScalar { IsNull: true })
            diagnostics.Add(Diagnostics.NoMap(questions, "'questions'"));
        return [];
    }
}
