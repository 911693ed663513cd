using System.Buffers;
using System.Numerics;

namespace Parquet.Encodings;

/// <summary>Finds the distinct values of a column, in the order of their first occurrence, and replaces values by indexes.</summary>
internal sealed class DictionaryBuilder<T, TKeys>
    where T : notnull
    where TKeys : struct, IKeys<T>
{
    /// <summary>Values looked at before a column in which nearly every value is new is given up.</summary>
    private const int Sample = 16_384;
    private const double SampleThreshold = 0.95;

    /// <summary>Entries beyond which a dictionary no longer stays in the processor's cache.</summary>
    private const int MaxEntries = 1 << 17;
    private const int FirstEntries = 1024;

    private T[] _entries = new T[FirstEntries];
    private uint[] _hashes = new uint[FirstEntries];
    private int[] _slots = new int[2 * FirstEntries];
    private int _count;

    public ReadOnlySpan<T> Entries => _entries.AsSpan(0, _count);

    /// <summary>Builds the dictionary; null when too many values are distinct.</summary>
    /// <param name="threshold">Largest share of distinct values.</param>
    /// <param name="indexes">Rented from the shared pool; the caller returns it.</param>
    public static DictionaryBuilder<T, TKeys>? TryBuild(ReadOnlySpan<T> values, double threshold, out int[] indexes)
    {
        indexes = ArrayPool<int>.Shared.Rent(values.Length);
        var builder = new DictionaryBuilder<T, TKeys>();
        var most = (int)Math.Min(MaxEntries, threshold * values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            indexes[i] = builder.IndexOf(values[i]);
            if (builder._count > most || (i == Sample && builder._count > Sample * SampleThreshold))
            {
                ArrayPool<int>.Shared.Return(indexes);
                indexes = [];
                return null;
            }
        }

        return builder;
    }

    private int IndexOf(T value)
    {
        var hash = TKeys.Hash(value);
        var mask = _slots.Length - 1;
        var slot = SlotOf(hash, mask);
        for (var index = _slots[slot]; index != 0; index = _slots[slot])
        {
            if ((TKeys.EqualIsCheap || _hashes[index - 1] == hash) && TKeys.Equal(_entries[index - 1], value))
            {
                return index - 1;
            }

            slot = (slot + 1) & mask;
        }

        if (_count == _entries.Length)
        {
            Grow();
            slot = FreeSlot(hash);
        }

        _entries[_count] = value;
        _hashes[_count] = hash;
        _slots[slot] = ++_count;
        return _count - 1;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, 2 * _entries.Length);
        Array.Resize(ref _hashes, _entries.Length);
        _slots = new int[2 * _entries.Length];
        for (var i = 0; i < _count; i++)
        {
            _slots[FreeSlot(_hashes[i])] = i + 1;
        }
    }

    private int FreeSlot(uint hash)
    {
        var mask = _slots.Length - 1;
        var slot = SlotOf(hash, mask);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    /// <summary>Multiplying leaves its best bits at the top, so they choose the slot.</summary>
    private static int SlotOf(uint hash, int mask) => (int)(hash >> BitOperations.LeadingZeroCount((uint)mask));
}
