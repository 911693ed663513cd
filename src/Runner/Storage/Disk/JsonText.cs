using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>The store's JSON, written and read by hand: a run with nothing to do has no time for reflection.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            WriteObject(json, write);
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(Stream target, bool indented, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(target, Options with { Indented = indented }))
            WriteObject(json, write);
        target.Write("\n"u8);
    }

    private static void WriteObject(Utf8JsonWriter json, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }

    /// <summary>JSON has no words for NaN and the infinities; they are written as strings.</summary>
    public static void WriteNumberOrWord(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    public static double GetNumberOrWord(this JsonElement json) => json.ValueKind == JsonValueKind.String
        ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture)
        : json.GetDouble();

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static IReadOnlyList<string> GetTexts(this JsonElement json, string name) => json.GetProperty(name).ReadAll(text => text.GetString()!);

    /// <summary>What LINQ would do, but LINQ over the elements, which are structs, is compiled anew at every start.</summary>
    public static IReadOnlyList<T> ReadAll<T>(this JsonElement array, Func<JsonElement, T> read)
        where T : class
    {
        var all = new List<T>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
            all.Add(read(element));
        return all;
    }

    public static string GetText(this JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new JsonException($"'{name}' is null.");

    public static string? FindText(this JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    public static ContentHash GetHash(this JsonElement json, string name) =>
        json.GetText(name) is { Length: 64 } hex ? new(hex) : throw new JsonException($"'{name}' is no hash.");

    public static TimeSpan GetSeconds(this JsonElement json, string name) => TimeSpan.FromSeconds(json.GetProperty(name).GetDouble());

    public static void WriteSeconds(this Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, Math.Round(time.TotalSeconds, 6));
}
