using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>report</c>.</summary>
internal static class ReportReader
{
    private const string DefaultTemplate = "experiment";
    private const string DefaultLanguage = "en";

    private static readonly string[] Keys =
        ["template", "language", "authors", "course", "university", "attention", "date", "answers", "questions", "words", "metrics"];
    private static readonly string[] Languages = ["en", "fr"];

    public static ReportSettings Read(YamlNode? report, ExpectationReader bounds, ICollection<Diagnostic> diagnostics)
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
        var folder = IsFolder(template) ? template : null;
        if (template is not null && folder is null && !IsName(template))
            diagnostics.Add(Diagnostics.NoTemplateName(map.Find("template")!.Value));
        var authors = map.Find("authors") is { Value: not YamlScalar { IsNull: true } } written
            ? TextReading.Texts(written.Value, "An author", diagnostics)
            : [];
        return new(
            folder is null ? template ?? DefaultTemplate : DefaultTemplate, language ?? DefaultLanguage, authors, Text("course"),
            Text("date"), Text("answers"))
        {
            TemplateAt = map.Find("template")?.Value.At,
            AnswersAt = map.Find("answers")?.Value.At,
            Folder = folder,
            Words = map.Find("words") is { } words ? Words(words.Value, diagnostics) : [],
            Metrics = map.Find("metrics") is { } metrics ? Metrics(metrics.Value, bounds, diagnostics) : [],
            University = Text("university"),
            Attention = Text("attention"),
            // A variation of an experiment does not answer the questions once more.
            Questions = map.Find("questions") is { Key.Through.Count: 0 } asked ? Questions(asked.Value, diagnostics) : [],
        };

        static bool IsName(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

        static bool IsFolder(string? text) => text?.Contains('/', StringComparison.Ordinal) == true && !Path.IsPathRooted(text)
            && !text.Split('/').Contains("..");

        string? Text(string key) => map.Find(key)?.Value is { } node and not YamlScalar { IsNull: true }
            ? TextReading.Text(node, $"'{key}'", diagnostics)
            : null;
    }

    /// <summary>The chapter that a stage is told in; null: nothing is said, or no chapter is named.</summary>
    public static string? Section(YamlNode? section, ICollection<Diagnostic> diagnostics)
    {
        if (section is null)
            return null;
        if (TextReading.Text(section, "'section'", diagnostics) is not { } name)
            return null;
        if (ReportManifest.Sections.Contains(name))
            return name;
        diagnostics.Add(Diagnostics.UnknownSection(section, name, ReportManifest.Sections));
        return null;
    }

    private static IReadOnlyList<ReportWord> Words(YamlNode words, ICollection<Diagnostic> diagnostics)
    {
        if (words is YamlMap map)
            return [.. map.Entries.Where(entry => entry.Value is not YamlScalar { IsNull: true }).Select(entry => new ReportWord(
                entry.Key.Text, TextReading.Localized(entry.Value, "A word", diagnostics), entry.Key.At))];
        if (words is not YamlScalar { IsNull: true })
            diagnostics.Add(Diagnostics.NoMap(words, "'words'"));
        return [];
    }

    private static List<string> Metrics(YamlNode metrics, ExpectationReader bounds, ICollection<Diagnostic> diagnostics)
    {
        List<string> names = [];
        foreach (var item in metrics is YamlList list ? list.Items : [metrics])
            if (item is YamlScalar { IsNull: false } metric)
                names.AddRange(bounds.Metrics(metric));
            else if (item is not YamlScalar { IsNull: true })
                diagnostics.Add(Diagnostics.NoText(item, "A metric"));
        return names;
    }

    private static IReadOnlyList<ReportQuestion> Questions(YamlNode? questions, ICollection<Diagnostic> diagnostics)
    {
        if (questions is YamlMap map)
            // Beside questions of its own stand those of the file that it extends.
            return [.. map.Entries.Where(entry => entry.Key.Through.Count == 0 && entry.Value is not YamlScalar { IsNull: true })
                .Select(entry => new ReportQuestion(entry.Key.Text, TextReading.Localized(entry.Value, "A question", diagnostics)))];
        if (questions is not null and not YamlScalar { IsNull: true })
            diagnostics.Add(Diagnostics.NoMap(questions, "'questions'"));
        return [];
    }
}
