using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>Characters as tokens: 0 is padding, 1 an unknown character, then by falling frequency.</summary>
public sealed class CharacterTokenizer : ITokenizer
{
    public const string Kind = "tokenize/characters";

    private const int FirstCharacter = 2;

    private readonly Settings _settings;
    private readonly Dictionary<Rune, int> _ids;

    private CharacterTokenizer(Settings settings)
    {
        _settings = settings;
        _ids = settings.Vocabulary.Index().Skip(FirstCharacter)
            .ToDictionary(entry => entry.Item.EnumerateRunes().First(), entry => entry.Index);
    }

    public IReadOnlyList<string> Vocabulary => _settings.Vocabulary;

    public int PadId => 0;

    public int UnknownId => 1;

    public (int Before, int After) Specials => (0, 0);

    /// <param name="counts">From <see cref="Count"/>.</param>
    public static CharacterTokenizer Fit(WordCounts counts, string unknown, int minCount, bool lower) => new(new(
        ["", unknown, .. counts.Ranked().Where(character => character.Value >= minCount).Select(character => character.Key)], lower));

    public static CharacterTokenizer From(JsonObject settings) => new(settings.Deserialize<Settings>(Json.Plain)!);

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_settings, Json.Plain)!.AsObject();

    public static void Count(string text, bool lower, WordCounts counts)
    {
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
            counts.Add(units[..Lowered(rune, lower).EncodeToUtf16(units)]);
    }

    public void Encode(string text, List<int> ids)
    {
        foreach (var rune in text.EnumerateRunes())
            ids.Add(_ids.GetValueOrDefault(Lowered(rune, _settings.Lower), UnknownId));
    }

    public IReadOnlyList<Token> Tokens(string text) =>
    [
        .. text.EnumerateRunes().Select(rune => Lowered(rune, _settings.Lower))
            .Select(rune => _ids.TryGetValue(rune, out var id)
                ? new Token(Vocabulary[id], id)
                : new Token(rune.ToString(), UnknownId, Known: false)),
    ];

    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder(ids.Length);
        foreach (var id in ids)
            text.Append(Vocabulary[id]);
        return text.ToString();
    }

    private static Rune Lowered(Rune rune, bool lower) => lower ? Rune.ToLowerInvariant(rune) : rune;

    private sealed record Settings(IReadOnlyList<string> Vocabulary, bool Lower);
}
