using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>Reads <c>languages/&lt;code&gt;.yaml</c>: maps from keys to texts, in sections.</summary>
internal static class LanguageReader
{
    /// <exception cref="ReportException">The file is no map of maps of texts.</exception>
    public static Language Read(string code, SourceFile file)
    {
        List<Diagnostic> diagnostics = [];
        if (YamlReader.Read(file, diagnostics) is not YamlMap root)
            throw new ReportException($"{file.Path} is not a language file\n{DiagnosticFormat.Render(diagnostics)}".TrimEnd());
        return new(code, Section(code, root, "words"), Section(code, root, "warnings"), Section(code, root, "phrases"),
            Section(code, root, "glossary"));
    }

    private static Dictionary<string, string> Section(string code, YamlMap root, string name)
    {
        if (root.Find(name)?.Value is not YamlMap section)
            throw new ReportException($"{root.At}: the language file has no map '{name}'");
        return section.Entries.ToDictionary(
            entry => entry.Key.Text,
            entry => entry.Value is YamlScalar text
                ? Typography.Set(text.Text, code)
                : throw new ReportException($"{entry.Value.At}: a text was expected, not {entry.Value.Described}"),
            StringComparer.Ordinal);
    }
}
