using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Pipelines.Stages.Torch;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>Weights as safetensors; beside it the rules of the format one after the other.</summary>
internal sealed class SafetensorsFiles() : FuzzedFormat("safetensors")
{
    private static readonly Dictionary<string, int> Widths = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1,
        ["U8"] = 1,
        ["I8"] = 1,
        ["F8_E4M3"] = 1,
        ["F8_E5M2"] = 1,
        ["I16"] = 2,
        ["U16"] = 2,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["I32"] = 4,
        ["U32"] = 4,
        ["F32"] = 4,
        ["I64"] = 8,
        ["U64"] = 8,
        ["F64"] = 8,
    };

    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        Made("""
            {"__metadata__":{"format":"pt"},"h":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]},
            "b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},"d":{"dtype":"F64","shape":[],"data_offsets":[8,16]},
            "i":{"dtype":"I64","shape":[1],"data_offsets":[16,24]}}
            """, 24),
        Made("""
            {"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"e":{"dtype":"F32","shape":[0,4],"data_offsets":[24,24]}}
            """, 24),
    ];

    public override IReadOnlyList<string> Pieces { get; } =
        ["{", "}", "[", "]", ",", "\"", "0", "9", "-1", "4294967296", "9223372036854775807", "1.5", "null", "\"w\":",
            "F32", "F64", "I8", "é"];

    public override async Task<bool> CheckAsync(string path, byte[] bytes)
    {
        await Task.CompletedTask;
        var expected = Expected(bytes);
        IReadOnlyDictionary<string, StoredTensor> read;
        try
        {
            read = Safetensors.Read(path);
        }
        catch (InvalidDataException)
        {
            Assert.True(expected is null, "refused");
            return false;
        }
        Assert.NotNull(expected);
        Assert.Equal(expected.Order(), read.Select(tensor => Line(tensor.Key, tensor.Value.Shape, tensor.Value.Values)).Order());
        return true;
    }

    private static string Line(string name, IEnumerable<long> shape, IEnumerable<float> values) =>
        $"{name}: {string.Join(' ', shape)}: {string.Join(' ', values)}";

    private static List<string>? Expected(byte[] bytes)
    {
        try
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            if (length > (ulong)bytes.Length - 8)
                return null;
            var text = bytes.AsSpan(8, (int)length);
            // A document of System.Text.Json looks only at the texts that it is asked for.
            if (text is not [(byte)'{', ..] || StrictText.Of(text.ToArray()) is null)
                return null;
            using var header = JsonDocument.Parse(text.ToArray(), new() { AllowDuplicateProperties = false });
            return Tensors(header.RootElement, bytes.AsSpan(8 + (int)length));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException
            or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static List<string>? Tensors(JsonElement header, ReadOnlySpan<byte> data)
    {
        List<string> lines = [];
        List<(long From, long To)> places = [];
        foreach (var tensor in header.EnumerateObject().Where(tensor => tensor.Name != "__metadata__"))
        {
            var type = tensor.Value.GetProperty("dtype").GetString()!;
            long[] shape = [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            long[] place = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(size => size.GetInt64())];
            if (!Widths.TryGetValue(type, out var width) || place is not [>= 0 and var from, var to] || to > data.Length
                || Array.Exists(shape, size => size < 0)
                || shape.Aggregate(1L, (product, size) => checked(product * size)) * width != to - from)
                return null;
            places.Add((from, to));
            if (type is "F64" or "F32" or "F16" or "BF16")
                lines.Add(Line(tensor.Name, shape, Floats(data[(int)from..(int)to].ToArray(), type, width)));
        }
        // One after the other, and nothing beside them.
        var at = 0L;
        foreach (var (from, to) in places.Order())
            at = from == at ? to : -1;
        return at == data.Length ? lines : null;
    }

    private static IEnumerable<float> Floats(byte[] data, string type, int width) => data.Chunk(width).Select(number => type switch
    {
        "F64" => (float)BitConverter.ToDouble(number),
        "F32" => BitConverter.ToSingle(number),
        "F16" => (float)BitConverter.ToHalf(number),
        _ => BitConverter.ToSingle([0, 0, .. number]),
    });

    private static byte[] Made(string header, int bytes) =>
    [
        .. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header),
        .. Enumerable.Range(0, bytes).Select(i => (byte)(i * 7)),
    ];
}
