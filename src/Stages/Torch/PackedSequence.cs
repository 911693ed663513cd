namespace Pipelines.Stages.Torch;

/// <summary>
/// Where the steps of several sequences stand when they are stored without padding: sequences sorted longest first, step after step.
/// Step t of sequence i is at <c>Offsets[t] + i</c>; sequences that have ended take no room.
/// </summary>
internal sealed class PackedSequence
{
    private PackedSequence(int[] lengths, int[] batchSizes, int[] offsets)
    {
        Lengths = lengths;
        BatchSizes = batchSizes;
        Offsets = offsets;
    }

    /// <summary>Length of every sequence, never increasing; the last ones may be 0.</summary>
    public int[] Lengths { get; }

    /// <summary>How many sequences have a step t.</summary>
    public int[] BatchSizes { get; }

    /// <summary>Position of the first sequence's step t; one more entry than steps.</summary>
    public int[] Offsets { get; }

    public int Sequences => Lengths.Length;

    public int Steps => BatchSizes.Length;

    /// <summary>Number of steps of all sequences together.</summary>
    public int Positions => Offsets[^1];

    /// <param name="lengths">Longest first.</param>
    public static PackedSequence Of(int[] lengths)
    {
        for (var i = 1; i < lengths.Length; i++)
            if (lengths[i] > lengths[i - 1])
                throw new ArgumentException("Sequences are packed longest first.", nameof(lengths));
        var steps = lengths.Length == 0 ? 0 : lengths[0];
        var batchSizes = new int[steps];
        var offsets = new int[steps + 1];
        var count = lengths.Length;
        for (var t = 0; t < steps; t++)
        {
            while (count > 0 && lengths[count - 1] <= t)
                count--;
            batchSizes[t] = count;
            offsets[t + 1] = offsets[t] + count;
        }
        return new(lengths, batchSizes, offsets);
    }

    /// <summary>Every sequence several times, its copies side by side: position p becomes the positions <c>p · copies</c> and
    /// after.</summary>
    public PackedSequence Repeated(int copies) => Of([.. Lengths.SelectMany(length => Enumerable.Repeat(length, copies))]);

    /// <summary>The sequence that each position belongs to.</summary>
    public int[] SequenceOfPositions()
    {
        var sequences = new int[Positions];
        for (var t = 0; t < Steps; t++)
            for (var i = 0; i < BatchSizes[t]; i++)
                sequences[Offsets[t] + i] = i;
        return sequences;
    }

    /// <summary>Order that sorts lengths longest first; equal lengths keep their order.</summary>
    public static int[] SortedLongestFirst(ReadOnlySpan<int> lengths)
    {
        var order = new int[lengths.Length];
        var keys = new long[lengths.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = ((long)-lengths[i] << 32) + i;
        }
        Array.Sort(keys, order);
        return order;
    }
}
