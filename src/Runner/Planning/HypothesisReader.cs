using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>hypothesis</c>: a text, or a text with what has to be measured for it to be true.</summary>
internal static class HypothesisReader
{
    private const string DifferenceKey = "difference";

    private static readonly string[] Keys = ["text", "holds"];

    private static readonly Dictionary<string, ExpectedDifference> Differences = new(StringComparer.Ordinal)
    {
        ["none"] = ExpectedDifference.None,
        ["better"] = ExpectedDifference.Better,
        ["worse"] = ExpectedDifference.Worse,
    };

    /// <summary>What may stand under <c>difference</c>.</summary>
    public static IReadOnlyCollection<string> DifferenceNames => Differences.Keys;

    /// <param name="hasCells">Whether values of a matrix are compared.</param>
    /// <param name="extends">Whether there is another pipeline to compare with.</param>
    public static Hypothesis? Read(
        YamlNode node, ExpectationReader bounds, bool hasCells, bool extends, ICollection<Diagnostic> diagnostics)
    {
        if (node is not YamlMap map || map.Find("text") is null && map.Find("holds") is null)
            return new(TextReading.Sentence(node, "'hypothesis'", diagnostics), []);
        foreach (var entry in map.Entries)
            if (!Keys.Contains(entry.Key.Text))
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "A hypothesis", Keys));
        if (map.Find("text") is not { } text)
        {
            diagnostics.Add(Diagnostics.MissingKey(
                map.At with { Length = 1 }, "text", "The hypothesis", "say in a sentence what you expect: text: \"…\""));
            return null;
        }
        var sentence = TextReading.Sentence(text.Value, "'text'", diagnostics);
        if (map.Find("holds") is not { Value: not YamlScalar { IsNull: true } and var holds })
            return new(sentence, []);
        if (holds is YamlList { Items.Count: 0 } or YamlMap { Entries.Count: 0 })
        {
            diagnostics.Add(Diagnostics.NoBounds(holds));
            return new(sentence, []);
        }
        if (holds is YamlList parts)
            return new(sentence, [.. parts.Items.SelectMany(bounds.Item)]);
        if (holds is YamlMap { Entries: var entries } && !entries.Any(entry => IsKnown(entry.Key.Text)))
        {
            // One misspelt key is no bound that lacks everything else.
            foreach (var entry in entries)
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "'holds'", [DifferenceKey, .. ExpectationReader.Keys]));
            return new(sentence, []);
        }
        if ((holds as YamlMap)?.Find(DifferenceKey) is not { } difference)
            return new(sentence, [.. bounds.Item(holds)]);
        foreach (var entry in ((YamlMap)holds).Entries)
            if (entry.Key.Text != DifferenceKey)
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "'holds' of a difference", [DifferenceKey]));
        if (difference.Value is not YamlScalar scalar || !Differences.TryGetValue(scalar.Text, out var expected))
        {
            diagnostics.Add(Diagnostics.BadDifference(difference.Value));
            return new(sentence, []);
        }
        if (!extends && (expected != ExpectedDifference.None || !hasCells))
            diagnostics.Add(Diagnostics.NothingCompared(scalar));
        return new(sentence, []) { Difference = expected };
    }

    private static bool IsKnown(string key) => key == DifferenceKey || ExpectationReader.Keys.Contains(key);
}
