using Parquet.Encodings;

namespace Parquet.Columns;

/// <summary>Collects the levels of a column chunk from its pages; nothing is stored while all are the highest.</summary>
internal sealed class LevelDecoder(int maxLevel, int total)
{
    private readonly int _width = BitPacking.WidthOf((uint)maxLevel);
    private int[]? _levels;
    private int _count;

    /// <summary>Reads the levels of one page.</summary>
    /// <returns>How many of them are the highest.</returns>
    /// <exception cref="InvalidDataException">There are more levels than values, or a level is too high.</exception>
    public int Read(ReadOnlySpan<byte> source, int count)
    {
        if (count > total - _count)
        {
            throw new InvalidDataException($"a column chunk holds more than its {total} values");
        }

        if (_levels is null && IsAllHighest(source, count))
        {
            _count += count;
            return count;
        }

        if (_levels is null)
        {
            _levels = new int[total];
            _levels.AsSpan(0, _count).Fill(maxLevel);
        }

        var page = _levels.AsSpan(_count, count);
        HybridDecoder.Decode(source, _width, page);
        if (page.ContainsAnyExceptInRange(0, maxLevel))
        {
            throw new InvalidDataException($"a level is above {maxLevel}");
        }

        _count += count;
        return page.Count(maxLevel);
    }

    /// <summary>All levels, or null when all are the highest.</summary>
    public int[]? ToArray() => _levels;

    private bool IsAllHighest(ReadOnlySpan<byte> source, int count)
    {
        if (count == 0)
        {
            return true;
        }

        var decoder = new HybridDecoder(source, _width);
        decoder.NextRun();
        return decoder.IsRepeated && decoder.Value == maxLevel && decoder.Count >= count;
    }
}
