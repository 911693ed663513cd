using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Torch;

/// <summary>Numbers of one tensor with its shape.</summary>
public sealed record StoredTensor(long[] Shape, float[] Values);

/// <summary>The safetensors format: header length, JSON header with type, shape and offsets by name, then the raw little-endian
/// values.</summary>
public static class Safetensors
{
    private const string Metadata = "__metadata__";

    // As the format's own library has it.
    private const int MaxHeaderBytes = 100_000_000;

    /// <summary>Writes 32-bit floats in the order given; equal tensors give equal bytes.</summary>
    /// <param name="format">A word about the numbers that some readers ask for; null: it is left out.</param>
    public static void Write(string path, IEnumerable<KeyValuePair<string, StoredTensor>> tensors, string? format = null)
    {
        var entries = tensors.ToList();
        var header = new JsonObject();
        if (format is not null)
            header["__metadata__"] = new JsonObject { ["format"] = format };
        var offset = 0L;
        foreach (var (name, tensor) in entries)
        {
            var end = offset + (4L * tensor.Values.Length);
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }
        var text = JsonSerializer.SerializeToUtf8Bytes(header, Json.Plain);
        var padded = (text.Length + 7) / 8 * 8;
        using var file = File.Create(path);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        file.Write(length);
        file.Write(text);
        for (var i = text.Length; i < padded; i++)
            file.WriteByte((byte)' ');
        foreach (var (_, tensor) in entries)
            file.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
    }

    /// <summary>Every floating-point tensor of the file (F64, F32, F16, BF16) as 32-bit floats, in the order of the header.</summary>
    /// <exception cref="InvalidDataException">The file is not a complete safetensors file.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            var (header, start) = ReadHeader(file);
            List<Entry> entries = [.. header.Where(entry => entry.Key != Metadata).Select(entry => Entry.Of(entry.Key, entry.Value))];
            Check(entries, file.Length - start);
            return entries.Where(entry => entry.Type is "F64" or "F32" or "F16" or "BF16")
                .ToDictionary(entry => entry.Name, entry => ReadTensor(file, start, entry), StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or EndOfStreamException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' is not a complete safetensors file: {error.Message}", error);
        }
    }

    private static (JsonObject Header, long Start) ReadHeader(FileStream file)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        file.ReadExactly(length);
        var size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size <= 0 || size > Math.Min(file.Length - length.Length, MaxHeaderBytes))
            throw new InvalidDataException($"its header would be {size} bytes long");
        var text = new byte[size];
        file.ReadExactly(text);
        return text[0] == '{'
            ? (StrictJson.Object(text), length.Length + size)
            : throw new InvalidDataException("it begins with no header");
    }

    // As the format demands: one tensor after the other, and nothing between or beside them.
    private static void Check(List<Entry> entries, long bytes)
    {
        var at = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.From).ThenBy(entry => entry.To))
            at = entry.From == at ? entry.To : throw new InvalidDataException($"its tensor '{entry.Name}' does not follow the one before");
        if (at != bytes)
            throw new InvalidDataException($"its tensors have {at} bytes, and {bytes} are there");
    }

    private static StoredTensor ReadTensor(FileStream file, long start, Entry entry)
    {
        file.Position = start + entry.From;
        var values = new float[entry.Count];
        if (entry.Type == "F32")
        {
            file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return new(entry.Shape, values);
        }
        var raw = new byte[entry.To - entry.From];
        file.ReadExactly(raw);
        Widen(raw, entry.Type, values);
        return new(entry.Shape, values);
    }

    private static void Widen(ReadOnlySpan<byte> raw, string type, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = type switch
            {
                "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(raw[(8 * i)..]),
                "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(raw[(2 * i)..]),
                _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(raw[(2 * i)..]) << 16),
            };
    }

    /// <summary>What the header says of a tensor.</summary>
    /// <param name="From">In bytes behind the header, as <paramref name="To"/>.</param>
    private sealed record Entry(string Name, string Type, long[] Shape, long Count, long From, long To)
    {
        /// <exception cref="InvalidDataException">It says something that cannot be.</exception>
        public static Entry Of(string name, JsonNode? node)
        {
            if (node is not JsonObject entry || entry["dtype"] is not JsonValue type || !type.TryGetValue<string>(out var word)
                || Numbers(entry["shape"]) is not { } shape || Numbers(entry["data_offsets"]) is not [var from, var to])
                throw new InvalidDataException($"its tensor '{name}' lacks a type, a shape or a place");
            if (Bits(word) is not (> 0 and var bits))
                throw new InvalidDataException($"its tensor '{name}' has the unknown type '{word}'");
            var count = shape.Aggregate(UInt128.One, (product, size) => product > long.MaxValue ? product : product * (UInt128)size);
            return count * (UInt128)bits == (UInt128)Math.Max(to - from, 0) * 8 && to >= from
                ? new(name, word, shape, (long)count, from, to)
                : throw new InvalidDataException($"its tensor '{name}' of {count} values has {to - from} bytes");
        }

        private static long[]? Numbers(JsonNode? node)
        {
            var numbers = (node as JsonArray)?
                .Select(item => item is JsonValue value && value.TryGetValue<long>(out var number) ? number : -1).ToArray();
            return numbers is null || Array.Exists(numbers, number => number < 0) ? null : numbers;
        }

        private static int Bits(string type) => type switch
        {
            "F64" or "I64" or "U64" or "C64" => 64,
            "F32" or "I32" or "U32" => 32,
            "F16" or "BF16" or "I16" or "U16" => 16,
            "BOOL" or "I8" or "U8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 8,
            "F6_E2M3" or "F6_E3M2" => 6,
            "F4" => 4,
            _ => 0,
        };
    }
}
