using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>A committed result as a file: the record, and what files its objects consist of.</summary>
internal sealed record ActionFile(ActionRecord Action, IReadOnlyList<StoredObject> Objects)
{
    internal const string Format = "pipelines action 1";
    private const string ChecksumStart = ",\n  \"checksum\": \"";
    private const string ChecksumEnd = "\"\n}\n";
    private static readonly int ChecksumLength = ChecksumStart.Length + 64 + ChecksumEnd.Length;

    /// <summary>Indented JSON whose last member is the checksum of all before it.</summary>
    public byte[] ToBytes()
    {
        var json = JsonWriting.ToBytes(Write).AsSpan();
        var body = json[..^"\n}\n".Length];
        return [.. body, .. Encoding.ASCII.GetBytes(ChecksumStart + ContentHash.Of(body).Hex + ChecksumEnd)];
    }

    /// <param name="known">The reasons behind the fingerprint where they are known: then those in the file need not be read.</param>
    /// <returns>The file, or null and why it is none of ours.</returns>
    public static (ActionFile? File, string? Problem) Parse(
        ReadOnlySpan<byte> bytes, ContentHash fingerprint, StoreLayout layout, Fingerprint? known = null)
    {
        if (!HasItsChecksum(bytes))
            return (null, "damaged action file");
        try
        {
            return new ActionReader(fingerprint, layout, known).Read(bytes);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return (null, "unreadable action file");
        }
    }

    private static bool HasItsChecksum(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= ChecksumLength)
            return false;
        Span<byte> expected = stackalloc byte[ChecksumLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..^ChecksumLength], hash);
        Encoding.ASCII.GetBytes(ChecksumStart, expected);
        Convert.TryToHexStringLower(hash, expected[ChecksumStart.Length..], out var written);
        Encoding.ASCII.GetBytes(ChecksumEnd, expected[(ChecksumStart.Length + written)..]);
        return bytes[^ChecksumLength..].SequenceEqual(expected);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteString("format", Format);
        json.WriteString("fingerprint", Action.Fingerprint.Hash.Hex);
        FingerprintJson.Write(json, "reasons", Action.Fingerprint);
        json.WriteString("run", Action.Run);
        if (Action.Origin is { } origin)
            json.WriteString("origin", origin);
        json.WriteSeconds("took_seconds", Action.Took);
        if (Action.Memory is { } memory)
        {
            json.WriteNumber("peak_memory", memory.Peak);
            json.WriteNumber("memory_before", memory.Before);
        }
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
}
