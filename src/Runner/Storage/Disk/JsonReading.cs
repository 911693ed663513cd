using System.Globalization;
using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Reads the store's JSON token by token: a run with nothing to do reads one file a stage, and parsing each into a document would take most
/// of its time. JSON of another form ends in a <see cref="JsonException"/> or an <see cref="InvalidOperationException"/>.
/// </summary>
internal static class JsonReading
{
    private const int MaxPooledLength = 80;
    private const int MaxPooled = 20_000;

    // Texts that come again and again in the files of a store; one pool a thread, because a shared one would take a lock for every text.
    [ThreadStatic]
    private static HashSet<string>? _pool;

    /// <summary>Enters an object or a list.</summary>
    public static void Enter(this ref Utf8JsonReader json, JsonTokenType kind)
    {
        if (!json.Read() || json.TokenType != kind)
            throw new JsonException($"There is no {kind}.");
    }

    /// <summary>
    /// Goes to the next member of an object; false at its end. A member whose value was not read, because this version does not know it, is
    /// passed over.
    /// </summary>
    public static bool NextMember(this ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            json.Read();
            json.Skip();
        }
        return json.Read() && json.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>The name of the member the reader is at.</summary>
    public static string Name(this ref Utf8JsonReader json) => Pooled(ref json)!;

    /// <summary>Goes to the next item of a list, which must be an object; false at its end.</summary>
    public static bool NextObject(this ref Utf8JsonReader json) => json.Read() && json.TokenType switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.EndArray => false,
        _ => throw new JsonException("An object was expected."),
    };

    public static string Text(this ref Utf8JsonReader json) => json.TextOrNull() ?? throw new JsonException("A text is null.");

    public static string? TextOrNull(this ref Utf8JsonReader json)
    {
        json.Read();
        return Pooled(ref json);
    }

    public static ContentHash Hash(this ref Utf8JsonReader json) =>
        ContentHash.Find(json.Text()) ?? throw new JsonException("There is no hash.");

    public static long Whole(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt64();
    }

    /// <summary>A number, or one of the strings that <see cref="JsonWriting.WriteNumberOrWord"/> writes.</summary>
    public static double NumberOrWord(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture) : json.GetDouble();
    }

    public static IReadOnlyList<string> Texts(this ref Utf8JsonReader json)
    {
        json.Enter(JsonTokenType.StartArray);
        List<string>? texts = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            (texts ??= []).Add(json.GetString() ?? throw new JsonException("A text is null."));
        return texts ?? [];
    }

    /// <summary>The text the reader is at, as the one string of that content; null when there is null.</summary>
    private static string? Pooled(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || json.ValueSpan.Length > MaxPooledLength)
            return json.GetString();
        Span<char> buffer = stackalloc char[MaxPooledLength];
        var text = buffer[..json.CopyString(buffer)];
        _pool ??= new(StringComparer.Ordinal);
        if (_pool.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var pooled))
            return pooled;
        var made = text.ToString();
        if (_pool.Count < MaxPooled)
            _pool.Add(made);
        return made;
    }
}
