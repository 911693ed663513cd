using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Readings shared by manifests, titles and report settings.</summary>
internal static class TextReading
{
    private static readonly string[] Languages = ["fr", "en"];

    /// <summary>A text, or a map of <c>fr</c> and <c>en</c>.</summary>
    public static LocalizedText Localized(YamlNode node, string what, ICollection<Diagnostic> diagnostics)
    {
        if (node is not YamlMap map)
            return new(null, Text(node, what, diagnostics));
        foreach (var entry in map.Entries)
            if (!Languages.Contains(entry.Key.Text))
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, what, Languages));
        return new(Language("fr"), Language("en"));

        string? Language(string language) => map.Find(language)?.Value is { } text ? Text(text, what, diagnostics) : null;
    }

    /// <summary>The same, which has to say something.</summary>
    public static LocalizedText Sentence(YamlNode node, string what, ICollection<Diagnostic> diagnostics)
    {
        var before = diagnostics.Count;
        var text = Localized(node, what, diagnostics);
        if (diagnostics.Count == before && new[] { text.Fr, text.En }.All(string.IsNullOrWhiteSpace))
            diagnostics.Add(Diagnostics.NoSentence(node, what));
        return text;
    }

    public static string? Text(YamlNode node, string what, ICollection<Diagnostic> diagnostics)
    {
        if (node is YamlScalar { IsNull: false } scalar)
            return scalar.Text;
        diagnostics.Add(Diagnostics.NoText(node, what));
        return null;
    }

    public static IReadOnlyList<string> Texts(YamlNode node, string what, ICollection<Diagnostic> diagnostics) =>
        [.. (node is YamlList list ? list.Items : [node]).Select(item => Text(item, what, diagnostics)).OfType<string>()];

    public static double? Number(YamlNode node, string what, ICollection<Diagnostic> diagnostics)
    {
        if (node is YamlScalar { IsPlain: true } scalar && CoreSchema.TryNumber(scalar.Text, out var value))
            return value;
        diagnostics.Add(Diagnostics.NoNumber(node, what));
        return null;
    }
}
