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
    /// <summary>Writes 32-bit floats in the order given; equal tensors give equal bytes.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, StoredTensor>> tensors)
    {
        var entries = tensors.ToList();
        var header = new JsonObject();
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
        var (header, start) = ReadHeader(file, path);
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var (name, entry) in header)
            if (name != "__metadata__" && Width((string)entry!["dtype"]!) is var width and > 0)
                tensors.Add(name, ReadTensor(file, path, entry, width, start));
        return tensors;
    }

    private static (JsonObject Header, long Start) ReadHeader(FileStream file, string path)
    {
        try
        {
            Span<byte> length = stackalloc byte[8];
            file.ReadExactly(length);
            var size = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (size <= 0 || size > file.Length - 8)
                throw new InvalidDataException($"'{path}' is not a safetensors file: its header would be {size} bytes long.");
            var text = new byte[size];
            file.ReadExactly(text);
            return (JsonNode.Parse(text)!.AsObject(), 8 + size);
        }
        catch (Exception error) when (error is JsonException or EndOfStreamException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is not a safetensors file: {error.Message}", error);
        }
    }

    private static StoredTensor ReadTensor(FileStream file, string path, JsonNode entry, int width, long start)
    {
        var shape = entry["shape"]!.AsArray().Select(size => (long)size!).ToArray();
        var (from, to) = ((long)entry["data_offsets"]![0]!, (long)entry["data_offsets"]![1]!);
        var count = shape.Aggregate(1L, (product, size) => product * size);
        if (to - from != count * width || start + to > file.Length)
            throw new InvalidDataException($"'{path}' is damaged: a tensor of {count} values has {to - from} bytes.");
        file.Position = start + from;
        var values = new float[count];
        if (width == 4)
        {
            file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return new(shape, values);
        }
        var raw = new byte[to - from];
        file.ReadExactly(raw);
        Widen(raw, (string)entry["dtype"]!, values);
        return new(shape, values);
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

    private static int Width(string type) => type switch
    {
        "F64" => 8,
        "F32" => 4,
        "F16" or "BF16" => 2,
        _ => 0,
    };
}
