using System.Text.Json;

namespace Pipelines.Runner.Storage;

/// <summary>Texts that come again and again in the files of a store, each kept once.</summary>
internal sealed class TextPool
{
    private const int Longest = 80;
    private const int MostKept = 100_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>The text at which the reader is; null when there is null.</summary>
    public string? TextOf(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || json.ValueSpan.Length > Longest)
            return json.GetString();
        Span<char> buffer = stackalloc char[Longest];
        var text = buffer[..json.CopyString(buffer)];
        lock (_gate)
        {
            var known = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
            if (known.TryGetValue(text, out var kept))
                return kept;
            var made = text.ToString();
            if (_texts.Count < MostKept)
                _texts.Add(made);
            return made;
        }
    }
}
