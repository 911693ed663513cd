using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipelines.Runner.Storage;

/// <summary>Writes the store's JSON member by member: a run with nothing to do has no time for a serializer to reflect on types.</summary>
internal static class JsonWriting
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
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

    /// <summary>An object in one line without its end, so that more can follow.</summary>
    public static void WriteOpen(Stream target, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(target, Options with { Indented = false });
        json.WriteStartObject();
        write(json);
    }

    /// <summary>JSON has no words for NaN and the infinities; they are written as strings.</summary>
    public static void WriteNumberOrWord(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void WriteSeconds(this Utf8JsonWriter json, string name, TimeSpan time) =>
        json.WriteNumber(name, Math.Round(time.TotalSeconds, 6));

    private static void WriteObject(Utf8JsonWriter json, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
}
