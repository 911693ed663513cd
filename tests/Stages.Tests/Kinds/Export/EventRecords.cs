using System.Buffers.Binary;
using System.Text;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>One value of an event file.</summary>
/// <param name="Histogram">Smallest, largest, count, sum, sum of squares; null: it is a scalar.</param>
internal sealed record RecordedValue(string Tag, long Step, double WallTime, float Scalar, double[]? Histogram, double[] Buckets);

/// <summary>
/// Reads event files by what their formats say (TFRecord: length, its checksum, data, its checksum; protobuf: wire types), and nothing of
/// the library that wrote them.
/// </summary>
internal static class EventRecords
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate(
        (uint)i, (crc, _) => (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1))];

    /// <summary>The masked CRC-32C (Castagnoli).</summary>
    public static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = (crc >> 8) ^ Table[(byte)(crc ^ value)];
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    /// <exception cref="InvalidDataException">A checksum is not that of its bytes.</exception>
    public static List<byte[]> Read(byte[] file)
    {
        List<byte[]> records = [];
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            Check(file.AsSpan(at, 8), file.AsSpan(at + 8));
            var data = file.AsSpan(at + 12, length);
            Check(data, file.AsSpan(at + 12 + length));
            records.Add(data.ToArray());
            at += length + 16;
        }
        return records;
    }

    public static IEnumerable<RecordedValue> Values(IEnumerable<byte[]> records)
    {
        foreach (var record in records)
        {
            var fields = Fields(record);
            foreach (var summary in fields.Where(field => field.Number == 5))
                foreach (var value in Fields(summary.Bytes).Where(field => field.Number == 1))
                    yield return ValueOf(Fields(value.Bytes), (long)Varint(fields, 2), Double(fields, 1));
        }
    }

    /// <summary>The version that the first event names; null: it names none.</summary>
    public static string? Version(byte[] record) =>
        Fields(record).Where(field => field.Number == 3).Select(field => Encoding.UTF8.GetString(field.Bytes)).SingleOrDefault();

    public static double WallTime(byte[] record) => Double(Fields(record), 1);

    private static RecordedValue ValueOf(List<Field> value, long step, double time)
    {
        var tag = Encoding.UTF8.GetString(value.Single(field => field.Number == 1).Bytes);
        var scalar = value.Where(field => field.Number == 2).Select(field => BitConverter.ToSingle(field.Bytes)).SingleOrDefault();
        if (!value.Exists(field => field.Number == 5))
            return new(tag, step, time, scalar, null, []);
        var histogram = Fields(value.Single(field => field.Number == 5).Bytes);
        double[] sums = [.. Enumerable.Range(1, 5).Select(number => Double(histogram, number))];
        return new(tag, step, time, scalar, sums, Doubles(histogram.Single(field => field.Number == 7).Bytes));
    }

    private static double[] Doubles(byte[] packed) =>
        [.. packed.Chunk(sizeof(double)).Select(chunk => BitConverter.ToDouble(chunk))];

    private static double Double(List<Field> fields, int number) =>
        fields.Where(field => field.Number == number).Select(field => BitConverter.ToDouble(field.Bytes)).SingleOrDefault();

    private static ulong Varint(List<Field> fields, int number) => fields.SingleOrDefault(field => field.Number == number)?.Value ?? 0;

    private static List<Field> Fields(byte[] message)
    {
        List<Field> fields = [];
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var value = (key & 7) == 0 ? Varint(message, ref at) : 0;
            var length = (key & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(message, ref at),
                5 => 4,
                _ => throw new InvalidDataException($"There is no wire type {key & 7}."),
            };
            fields.Add(new((int)(key >> 3), value, message[at..(at + length)]));
            at += length;
        }
        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            value |= (message[at] & 0x7FUL) << shift;
            if (message[at++] < 0x80)
                return value;
        }
    }

    private static void Check(ReadOnlySpan<byte> data, ReadOnlySpan<byte> checksum)
    {
        if (Checksum(data) != BinaryPrimitives.ReadUInt32LittleEndian(checksum))
            throw new InvalidDataException("A checksum is not that of its bytes.");
    }

    private sealed record Field(int Number, ulong Value, byte[] Bytes);
}
