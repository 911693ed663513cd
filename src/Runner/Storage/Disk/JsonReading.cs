using System.Globalization;
using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// The store's JSON token by token: a run with nothing to do reads one file a stage, and a document of each would be most of its time.
/// What is not of the expected form ends in a <see cref="JsonException"/> or an <see cref="InvalidOperationException"/>.
/// </summary>
internal static class JsonReading
{
    /// <summary>Enters an object or a list.</summary>
    public static void Enter(this ref Utf8JsonReader json, JsonTokenType kind)
    {
        if (!json.Read() || json.TokenType != kind)
            throw new JsonException($"There is no {kind}.");
    }

    /// <summary>Goes to the next member of an object; false at its end.</summary>
    public static bool NextMember(this ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the next item of a list, which must be an object; false at its end.</summary>
    public static bool NextObject(this ref Utf8JsonReader json) => json.Read() && json.TokenType switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.EndArray => false,
        _ => throw new JsonException("An object was expected."),
    };

    public static string Text(this ref Utf8JsonReader json)
    {
        json.Read();
        return TextPool.TextOf(ref json) ?? throw new JsonException("A text is null.");
    }

    public static string? TextOrNull(this ref Utf8JsonReader json)
    {
        json.Read();
        return TextPool.TextOf(ref json);
    }

    public static ContentHash Hash(this ref Utf8JsonReader json) =>
        json.Text() is { Length: 64 } hex ? new(hex) : throw new JsonException("There is no hash.");

    public static long Whole(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt64();
    }

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

    /// <summary>Over the value of a member that this version does not know.</summary>
    public static void SkipValue(this ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
