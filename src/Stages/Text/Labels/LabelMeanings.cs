using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Labels;

/// <summary>What labels mean, and what their first characters mean: <c>I10</c>, and <c>I</c> for all that begin with it.</summary>
public sealed class LabelMeanings
{
    public const string Kind = "label/book";

    private const int MaxCharacters = 60;

    private readonly SortedDictionary<string, string> _meanings;

    public LabelMeanings(SortedDictionary<string, string> meanings) => _meanings = meanings;

    /// <summary>Of labels without a book.</summary>
    public static LabelMeanings None { get; } = new(new(StringComparer.Ordinal));

    public bool IsEmpty => _meanings.Count == 0;

    /// <summary>The book that rows or a model came with; one without a word where they came with none.</summary>
    public static LabelMeanings From(EncodingChain chain) => new(chain.Find(Kind) is { } step
        ? new(step.Settings.Deserialize<Dictionary<string, string>>(Json.Plain)!, StringComparer.Ordinal)
        : new(StringComparer.Ordinal));

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_meanings, Json.Plain)!.AsObject();

    /// <summary>Null where the book has none.</summary>
    public string? MeaningOf(string label) => _meanings.GetValueOrDefault(label);

    /// <summary>The label as readers see it: with its meaning behind it, where the book has one.</summary>
    public string Named(string label) => MeaningOf(label) is { } meaning
        ? $"{label} · {(meaning.Length <= MaxCharacters ? meaning : meaning[..MaxCharacters] + "…")}"
        : label;
}
