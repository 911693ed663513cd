using System.Buffers.Binary;
using System.Text;

namespace Pipelines.TestKit.Fuzzing;

/// <summary>Files with what bad disks, broken transfers and those who mean harm do to them.</summary>
/// <param name="samples">Whole files of one format.</param>
/// <param name="pieces">What has a meaning in the format.</param>
public sealed class ByteMutation(IReadOnlyList<byte[]> samples, IReadOnlyList<string> pieces)
{
    private const int MaxBytes = 1 << 20;

    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 127, 128, 255, 256, 65_535, 65_536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue,
    ];

    /// <summary>A sample with up to five changes, in one of many cases with none.</summary>
    public byte[] Of(Random random)
    {
        var bytes = Sample(random).ToList();
        for (var changes = random.Next(40) == 0 ? 0 : random.Next(1, 6); changes > 0; changes--)
            Change(bytes, random);
        return [.. bytes.Take(MaxBytes)];
    }

    private byte[] Sample(Random random) => samples[random.Next(samples.Count)];

    private void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 24), bytes.Count - at);
        switch (random.Next(pieces.Count > 0 ? 14 : 10))
        {
            case 0 or 1 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.RemoveRange(at, random.Next(3) == 0 ? bytes.Count - at : length);
                break;
            case 6:
                var other = Sample(random);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[random.Next(other.Length + 1)..]);
                break;
            case 7:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 2_000)));
                break;
            case 8 or 9:
                Overwrite(bytes, at, random);
                break;
            default:
                if (pieces.Count > 0)
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Count)]));
                break;
        }
    }

    // A size or an offset that lies.
    private static void Overwrite(List<byte> bytes, int at, Random random)
    {
        var number = new byte[sizeof(long)];
        var value = Numbers[random.Next(Numbers.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, value);
        var width = 1 << random.Next(4);
        for (var i = 0; i < width && at + i < bytes.Count; i++)
            bytes[at + i] = number[i];
    }
}
