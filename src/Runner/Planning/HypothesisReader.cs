using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>hypothesis</c>: a text, or a text with what has to be measured for it to be true.</summary>
internal static class HypothesisReader
{
    private static readonly string[] Keys = ["text", "holds"];

    public static Hypothesis? Read(YamlNode node, ExpectationReader bounds, ICollection<Diagnostic> diagnostics)
    {
        if (node is not YamlMap map || map.Find("text") is null && map.Find("holds") is null)
            return new(TextReading.Localized(node, "'hypothesis'", diagnostics), []);
        foreach (var entry in map.Entries)
            if (!Keys.Contains(entry.Key.Text))
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "A hypothesis", Keys));
        if (map.Find("text") is not { } text)
        {
            diagnostics.Add(Diagnostics.MissingKey(
                map.At with { Length = 1 }, "text", "The hypothesis", "say in a sentence what you expect: text: \"…\""));
            return null;
        }
        return new(
            TextReading.Localized(text.Value, "'text'", diagnostics),
            map.Find("holds") is { Value: not YamlScalar { IsNull: true } } holds ? [.. bounds.Item(holds.Value)] : []);
    }
}
