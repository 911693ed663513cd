using System.Buffers.Binary;
using System.Numerics;
using TorchSharp;
using Bins = TorchSharp.Utils.tensorboard.Enums.HistogramBinSelector;

namespace Pipelines.Stages.Torch;

/// <summary>What TensorBoard shows of a run, written by TorchSharp's own writer: records with checksums, each an event of a step.</summary>
public sealed class EventFile
{
    /// <summary>TensorBoard takes a file for one of events by the word in the middle.</summary>
    private const string Name = "events.out.tfevents.0.pipelines";

    private const int HeaderBytes = 12;
    private const byte WallTimeField = (1 << 3) | 1;
    private const uint MaskAddend = 0xa282ead8;

    private readonly TorchSharp.Modules.SummaryWriter _writer;

    public EventFile(string folder) => _writer = torch.utils.tensorboard.SummaryWriter(folder);

    /// <param name="seconds">Since the beginning; 0 in what is kept, which knows no clock.</param>
    public void Scalar(string tag, double value, long step, long seconds = 0) =>
        _writer.add_scalar(tag, (float)value, (int)step, seconds);

    /// <param name="values">At least one.</param>
    public void Histogram(string tag, StoredTensor values, long step)
    {
        using var scope = torch.NewDisposeScope();
        // TensorBoard's own bins, which PyTorch takes too; version 0.107 of the library fails with all others.
        _writer.add_histogram(tag, Numbers.Of(values.Values, [values.Values.Length]), (int)step, Bins.Tensorflow, walltime: 0);
    }

    /// <summary>
    /// Gives the file a name of its own and takes the time out of its first event: the writer puts the clock into both, and the name of
    /// the machine beside it.
    /// </summary>
    public void ForgetTime()
    {
        var written = Directory.EnumerateFiles(_writer.LogDir, "events.out.tfevents.*").Single();
        var bytes = File.ReadAllBytes(written);
        var first = bytes.AsSpan(HeaderBytes, (int)BinaryPrimitives.ReadInt64LittleEndian(bytes));
        if (first[0] != WallTimeField)
            throw new InvalidDataException("The first event of a file begins with its time, and this one does not.");
        first.Slice(1, sizeof(double)).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeaderBytes + first.Length), Checksum(first));
        File.WriteAllBytes(Path.Combine(_writer.LogDir, Name), bytes);
        File.Delete(written);
    }

    private static uint Checksum(ReadOnlySpan<byte> record)
    {
        var crc = uint.MaxValue;
        foreach (var value in record)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + MaskAddend;
    }
}
