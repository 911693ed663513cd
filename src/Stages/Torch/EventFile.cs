using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace Pipelines.Stages.Torch;

/// <summary>
/// What TensorBoard shows of a run: records with checksums, each an event of a step (github.com/tensorflow/tensorflow,
/// core/lib/io/record_writer.h and core/util/event.proto).
/// </summary>
public sealed class EventFile
{
    /// <summary>TensorBoard takes a file for one of events by the word in the middle.</summary>
    private const string Name = "events.out.tfevents.0.pipelines";

    private const string Version = "brain.Event:2";
    private const uint MaskAddend = 0xa282ead8;

    private readonly string _path;

    public EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, Name);
        if (!File.Exists(_path))
            Append(new() { FileVersion = Version });
    }

    /// <param name="seconds">Since the beginning; 0 in what is kept, which knows no clock.</param>
    public void Scalar(string tag, double value, long step, double seconds = 0) =>
        Append(tag, new() { SimpleValue = (float)value }, step, seconds);

    /// <param name="values">At least one.</param>
    public void Histogram(string tag, StoredTensor values, long step) =>
        Append(tag, new() { Histo = WeightHistogram.Of(values.Values) }, step, seconds: 0);

    private void Append(string tag, Summary.Types.Value value, long step, double seconds)
    {
        value.Tag = tag;
        Append(new() { Step = step, WallTime = seconds, Summary = new() { Value = { value } } });
    }

    private void Append(Event what)
    {
        var payload = what.ToByteArray();
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, payload.Length);
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(length);
        file.Write(Checksum(length));
        file.Write(payload);
        file.Write(Checksum(payload));
    }

    private static byte[] Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        var masked = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, BitOperations.RotateRight(~crc, 15) + MaskAddend);
        return masked;
    }
}
