using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parquet.Compression;

/// <summary>Compresses into Snappy's raw format, in blocks of 64 KiB, matching greedily through a hash table.</summary>
internal static class SnappyEncoder
{
    private const int BlockSize = 1 << 16;
    private const int TableBits = 14;

    /// <summary>Bytes at the end of a block that are not searched, so that eight bytes can always be loaded.</summary>
    private const int Margin = 15;

    public static void Encode(ReadOnlySpan<byte> source, PooledBuffer destination)
    {
        destination.WriteVarint((ulong)source.Length);
        var table = new ushort[1 << TableBits];
        for (var start = 0; start < source.Length; start += BlockSize)
        {
            var block = source.Slice(start, Math.Min(BlockSize, source.Length - start));
            table.AsSpan().Clear();
            var target = destination.GetSpan(block.Length + block.Length / 6 + 32);
            destination.Advance(EncodeBlock(block, table, target));
        }
    }

    private static int EncodeBlock(ReadOnlySpan<byte> block, ushort[] table, Span<byte> target)
    {
        ref var bytes = ref MemoryMarshal.GetReference(block);
        ref var slots = ref MemoryMarshal.GetArrayDataReference(table);
        var used = 0;
        var literal = 0;
        var at = 1;
        var misses = 32;
        while (at < block.Length - Margin)
        {
            var word = Load<uint>(ref bytes, at);
            ref var slot = ref Unsafe.Add(ref slots, (nint)((word * 0x1E35A7BDu) >> 32 - TableBits));
            var candidate = (int)slot;
            slot = (ushort)at;
            if (Load<uint>(ref bytes, candidate) != word)
            {
                // The longer nothing matches, the larger the steps: data that does not compress is passed over quickly.
                at += misses++ >> 5;
                continue;
            }

            used += WriteLiteral(block[literal..at], target[used..]);
            var length = 4 + MatchLength(ref bytes, candidate + 4, at + 4, block.Length);
            used += WriteCopy(at - candidate, length, target[used..]);
            at += length;
            literal = at;
            misses = 32;
        }

        return used + WriteLiteral(block[literal..], target[used..]);
    }

    /// <summary>How many bytes are equal from two places on; the later of them runs up to <paramref name="end"/>.</summary>
    private static int MatchLength(ref byte bytes, int earlier, int later, int end)
    {
        var length = 0;
        for (; later + length + sizeof(ulong) <= end; length += sizeof(ulong))
        {
            var difference = Load<ulong>(ref bytes, earlier + length) ^ Load<ulong>(ref bytes, later + length);
            if (difference != 0)
            {
                return length + BitOperations.TrailingZeroCount(difference) / 8;
            }
        }

        while (later + length < end && Unsafe.Add(ref bytes, earlier + length) == Unsafe.Add(ref bytes, later + length))
        {
            length++;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load<T>(ref byte bytes, int at) => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref bytes, at));

    private static int WriteLiteral(ReadOnlySpan<byte> literal, Span<byte> target)
    {
        if (literal.IsEmpty)
        {
            return 0;
        }

        var last = literal.Length - 1;
        var used = 1;
        if (last < 60)
        {
            target[0] = (byte)(last << 2);
        }
        else if (last < 256)
        {
            target[0] = 60 << 2;
            target[used++] = (byte)last;
        }
        else
        {
            target[0] = 61 << 2;
            target[used++] = (byte)last;
            target[used++] = (byte)(last >> 8);
        }

        literal.CopyTo(target[used..]);
        return used + literal.Length;
    }

    private static int WriteCopy(int offset, int length, Span<byte> target)
    {
        var used = 0;
        while (length > 0)
        {
            // At least four bytes must be left for the last piece, which could otherwise not use the short form.
            var piece = length > 64 ? Math.Min(64, length - 4) : length;
            if (piece is >= 4 and < 12 && offset < 2048)
            {
                target[used++] = (byte)(offset >> 8 << 5 | piece - 4 << 2 | 1);
                target[used++] = (byte)offset;
            }
            else
            {
                target[used++] = (byte)(piece - 1 << 2 | 2);
                target[used++] = (byte)offset;
                target[used++] = (byte)(offset >> 8);
            }

            length -= piece;
        }

        return used;
    }
}
