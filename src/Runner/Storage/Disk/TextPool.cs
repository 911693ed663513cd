using System.Text.Json;

namespace Pipelines.Runner.Storage;

/// <summary>Texts that come again and again in the files of a store, each kept once a thread: a lock would be taken at every text.</summary>
internal static class TextPool
{
    private const int Longest = 80;
    private const int MostKept = 20_000;

    [ThreadStatic]
    private static HashSet<string>? _texts;

    /// <summary>The text at which the reader is; null when there is null.</summary>
    public static string? TextOf(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || json.ValueSpan.Length > Longest)
            return json.GetString();
        Span<char> buffer = stackalloc char[Longest];
        var text = buffer[..json.CopyString(buffer)];
        _texts ??= new(StringComparer.Ordinal);
        if (_texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var kept))
            return kept;
        var made = text.ToString();
        if (_texts.Count < MostKept)
            _texts.Add(made);
        return made;
    }
}
