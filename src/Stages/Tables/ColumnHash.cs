using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>
/// Hash of a column's values in row order. Lengths (of lists and of strings) and contents are hashed as two streams, so that the result
/// does not depend on how rows are cut into batches.
/// </summary>
internal sealed class ColumnHash(ColumnType type) : IDisposable
{
    private readonly IncrementalHash _lengths = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _contents = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[1 << 16];
    private int _used;

    public void Append(ColumnData column)
    {
        switch (column)
        {
            case Values<string> strings: AppendStrings(strings.Items); break;
            case Lists<string> strings: AppendLengths(strings.Offsets); AppendStrings(strings.Items); break;
            case Values<int> values: AppendBytes(values.Items); break;
            case Values<long> values: AppendBytes(values.Items); break;
            case Values<float> values: AppendBytes(values.Items); break;
            case Values<double> values: AppendBytes(values.Items); break;
            case Values<bool> values: AppendBytes(values.Items); break;
            case Lists<int> lists: AppendLengths(lists.Offsets); AppendBytes(lists.Items); break;
            case Lists<long> lists: AppendLengths(lists.Offsets); AppendBytes(lists.Items); break;
            case Lists<float> lists: AppendLengths(lists.Offsets); AppendBytes(lists.Items); break;
            case Lists<double> lists: AppendLengths(lists.Offsets); AppendBytes(lists.Items); break;
            case Lists<bool> lists: AppendLengths(lists.Offsets); AppendBytes(lists.Items); break;
            default: throw new ArgumentException($"A column of {column.GetType().Name} cannot be stored.");
        }
    }

    public ContentHash Finish()
    {
        Flush();
        var text =
            $"{type}\n{Convert.ToHexStringLower(_lengths.GetHashAndReset())}\n{Convert.ToHexStringLower(_contents.GetHashAndReset())}";
        return ContentHash.Of(Encoding.ASCII.GetBytes(text));
    }

    public void Dispose()
    {
        _lengths.Dispose();
        _contents.Dispose();
    }

    private void AppendBytes<T>(T[] items)
        where T : struct => _contents.AppendData(MemoryMarshal.AsBytes<T>(items));

    private void AppendLengths(int[] offsets)
    {
        var lengths = new int[offsets.Length - 1];
        for (var row = 0; row < lengths.Length; row++)
            lengths[row] = offsets[row + 1] - offsets[row];
        _lengths.AppendData(MemoryMarshal.AsBytes<int>(lengths));
    }

    // A null string has length -1, an empty one 0.
    private void AppendStrings(string?[] items)
    {
        var lengths = new byte[items.Length * sizeof(int)];
        for (var i = 0; i < items.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(lengths.AsSpan(i * sizeof(int)), items[i] is { } text ? AppendText(text) : -1);
        _lengths.AppendData(lengths);
    }

    private int AppendText(string text)
    {
        var needed = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (needed > _buffer.Length - _used)
            Flush();
        if (needed > _buffer.Length)
            _buffer = new byte[needed];
        var written = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_used));
        _used += written;
        return written;
    }

    private void Flush()
    {
        _contents.AppendData(_buffer, 0, _used);
        _used = 0;
    }
}
