using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Labels;

/// <summary>Labels as classes numbered from 0: a whole label or its first characters.</summary>
public sealed class ClassLabels
{
    public const string ClassesKind = "label/classes";
    public const string PrefixKind = "label/prefix";

    private readonly Settings _settings;
    private readonly Dictionary<string, int> _indices;

    private ClassLabels(Settings settings)
    {
        _settings = settings;
        _indices = settings.Classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        UnknownIndex = settings.Unknown is { } unknown ? _indices[unknown] : null;
    }

    /// <summary>The name of each class, by its number.</summary>
    public IReadOnlyList<string> Names => _settings.Classes;

    /// <summary>The class of labels never seen in training; null when such labels are errors.</summary>
    public int? UnknownIndex { get; }

    /// <param name="classes">In the order of their numbers.</param>
    /// <param name="unknown">Name of a further, last class for labels that are not among <paramref name="classes"/>.</param>
    /// <param name="length">How many characters of a label make its class; null: all.</param>
    public static ClassLabels Of(IEnumerable<string> classes, string? unknown = null, int? length = null, bool upperCase = false)
    {
        var names = classes.Where(name => name != unknown).ToList();
        if (unknown is not null)
            names.Add(unknown);
        return new(new(names, unknown, length, upperCase));
    }

    public static ClassLabels From(JsonObject settings) => new(settings.Deserialize<Settings>(Json.Plain)!);

    /// <summary>The step that numbered the labels; null: none did.</summary>
    public static EncodingStep? StepOf(EncodingChain chain) => chain.Steps.LastOrDefault(IsStep);

    /// <summary>Whether it is a step that numbers labels.</summary>
    public static bool IsStep(EncodingStep step) => step.Kind is ClassesKind or PrefixKind;

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_settings, Json.Plain)!.AsObject();

    /// <summary>The name of the class a label belongs to, whether or not that class is known.</summary>
    public string ClassOf(string label) => ClassOf(label, _settings.Length, _settings.UpperCase);

    /// <summary>Whether a class has this name; the class of unknown labels is no name.</summary>
    public bool IsName(string name) => _indices.ContainsKey(name) && name != _settings.Unknown;

    /// <summary>Whether predicting this class can be right: the class of unknown labels is nobody's label.</summary>
    public bool IsAnswer(int index) => index >= 0 && index != UnknownIndex;

    /// <summary>The class number of a label, <see cref="UnknownIndex"/> where it is not known.</summary>
    public int? IndexOf(string label) => _indices.TryGetValue(ClassOf(label), out var index) ? index : UnknownIndex;

    internal static string ClassOf(string label, int? length, bool upperCase)
    {
        var name = label.Trim();
        if (length is { } most && name.Length > most)
            name = name[..most];
        return upperCase ? name.ToUpperInvariant() : name;
    }

    private sealed record Settings(IReadOnlyList<string> Classes, string? Unknown, int? Length, bool UpperCase);
}
