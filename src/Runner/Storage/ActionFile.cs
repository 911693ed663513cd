using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>A committed result as a file: the record, and what files its objects consist of.</summary>
internal sealed record ActionFile(ActionRecord Action, IReadOnlyList<StoredObject> Objects)
{
    private const string Format = "pipelines action 1";
    private const string ChecksumStart = ",\n  \"checksum\": \"";
    private const string ChecksumEnd = "\"\n}\n";
    private static readonly int ChecksumLength = ChecksumStart.Length + 64 + ChecksumEnd.Length;

    /// <summary>Indented JSON whose last member is the checksum of all before it.</summary>
    public byte[] ToBytes()
    {
        var json = JsonText.Of(Write).AsSpan();
        var body = json[..^"\n}\n".Length];
        return [.. body, .. Encoding.ASCII.GetBytes(ChecksumStart + ContentHash.Of(body).Hex + ChecksumEnd)];
    }

    /// <returns>The file, or null and why it is none of ours.</returns>
    public static (ActionFile? File, string? Problem) Parse(byte[] bytes, ContentHash fingerprint, StoreLayout layout)
    {
        if (!HasItsChecksum(bytes))
            return (null, "damaged action file");
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var json = document.RootElement;
            if (json.GetText("format") != Format)
                return (null, "action file of another version");
            return json.GetHash("fingerprint") == fingerprint ? (Read(json, layout), null) : (null, "action file of another stage");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return (null, "unreadable action file");
        }
    }

    private static bool HasItsChecksum(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= ChecksumLength)
            return false;
        var end = Encoding.ASCII.GetString(bytes[^ChecksumLength..]);
        return end == ChecksumStart + Convert.ToHexStringLower(SHA256.HashData(bytes[..^ChecksumLength])) + ChecksumEnd;
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteString("format", Format);
        json.WriteString("fingerprint", Action.Fingerprint.Hash.Hex);
        FingerprintJson.Write(json, "reasons", Action.Fingerprint);
        json.WriteString("run", Action.Run);
        json.WriteSeconds("took_seconds", Action.Took);
        json.WriteString("note", Action.Note);
        json.WriteTexts("log", Action.Log);
        json.WritePropertyName("outputs");
        ArtifactJson.Write(json, Action.Outputs);
        json.WriteStartObject("objects");
        foreach (var stored in Objects.OrderBy(stored => stored.Id.Hex, StringComparer.Ordinal))
            WriteFiles(json, stored);
        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, StoredObject stored)
    {
        json.WriteStartArray(stored.Id.Hex);
        foreach (var file in stored.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Hash.Hex);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static ActionFile Read(JsonElement json, StoreLayout layout)
    {
        var action = new ActionRecord(
            FingerprintJson.Read(json.GetProperty("reasons")), ArtifactJson.Read(json.GetProperty("outputs"), layout),
            json.GetSeconds("took_seconds"), json.FindText("note"), json.GetTexts("log"), json.GetText("run"));
        var objects = new List<StoredObject>();
        foreach (var item in json.GetProperty("objects").EnumerateObject())
            objects.Add(new(new(item.Name), item.Value.ReadAll(ReadFile)));
        return new(action, objects);
    }

    private static StoredFile ReadFile(JsonElement json) => new(json.GetText("name"), json.GetProperty("bytes").GetInt64(), json.GetHash("sha256"));
}
