using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Labels;

/// <summary>Labels as sequences of characters between a start and an end sign, for models that spell a code.</summary>
public sealed class CharacterLabels
{
    public const string Kind = "label/characters";
    public const int PadId = 0;
    public const int StartId = 1;
    public const int EndId = 2;
    public const int UnknownId = 3;

    private readonly Settings _settings;
    private readonly Dictionary<string, int> _ids;
    private readonly HashSet<string> _codes;

    private CharacterLabels(Settings settings)
    {
        _settings = settings;
        _ids = settings.Characters.Index().Skip(UnknownId + 1)
            .ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        _codes = settings.Codes.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The character inventory by id: padding, start, end, unknown, then the characters in order.</summary>
    public IReadOnlyList<string> Characters => _settings.Characters;

    /// <summary>The labels seen in training, sorted.</summary>
    public IReadOnlyList<string> ValidCodes => _settings.Codes;

    /// <summary>The longest sequence of a label seen in training, start and end included.</summary>
    public int MaxLength => _settings.MaxLength;

    public static CharacterLabels Fit(IEnumerable<string> labels, string start, string end, string unknown, bool upperCase)
    {
        var codes = labels.Select(label => CodeOf(label, upperCase)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ToList();
        string[] specials = ["", start, end, unknown];
        var characters = codes.SelectMany(Split).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var longest = codes.Select(code => Split(code).Count()).DefaultIfEmpty().Max();
        return new(new([.. specials, .. characters], codes, longest + 2, upperCase));
    }

    public static CharacterLabels From(JsonObject settings) => new(settings.Deserialize<Settings>(Json.Plain)!);

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_settings, Json.Plain)!.AsObject();

    /// <summary>The code a label is read as: without spaces around it, in upper case where the stage was told so.</summary>
    public string CodeOf(string label) => CodeOf(label, _settings.UpperCase);

    public bool IsValid(string code) => _codes.Contains(code);

    /// <summary>Appends start, characters, end.</summary>
    public void Encode(string label, List<int> ids)
    {
        ids.Add(StartId);
        foreach (var character in Split(CodeOf(label)))
            ids.Add(_ids.GetValueOrDefault(character, UnknownId));
        ids.Add(EndId);
    }

    /// <summary>The code spelt by ids, up to the end sign; start and padding are left out.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var code = new StringBuilder();
        foreach (var id in ids)
        {
            if (id == EndId)
                break;
            if (id != StartId && id != PadId)
                code.Append(Characters[id]);
        }
        return code.ToString();
    }

    private static IEnumerable<string> Split(string code)
    {
        foreach (var rune in code.EnumerateRunes())
            yield return rune.ToString();
    }

    internal static string CodeOf(string label, bool upperCase) => upperCase ? label.Trim().ToUpperInvariant() : label.Trim();

    private sealed record Settings(IReadOnlyList<string> Characters, IReadOnlyList<string> Codes, int MaxLength, bool UpperCase);
}
