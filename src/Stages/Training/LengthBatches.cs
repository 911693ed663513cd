using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Training;

/// <summary>
/// Batches of rows of similar length. Rows are shuffled, cut into groups of <see cref="BatchesPerGroup"/> batches, sorted by length
/// within each group, cut into batches, and the batches shuffled: like lengths together, yet other company every epoch.
/// </summary>
internal static class LengthBatches
{
    private const int BatchesPerGroup = 50;

    public static List<int[]> Shuffled(Func<int, int> length, int rows, int batchSize, SeededRandom random)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        random.Shuffle<int>(order);
        var group = Math.Clamp(rows / (4 * batchSize), 1, BatchesPerGroup) * batchSize;
        var batches = new List<int[]>();
        for (var start = 0; start < rows; start += group)
            batches.AddRange(Sorted(order[start..Math.Min(start + group, rows)], length).Chunk(batchSize));
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batches));
        return batches;
    }

    /// <summary>All rows sorted by length, for passes that change nothing.</summary>
    public static List<int[]> InOrderOfLength(Func<int, int> length, int rows, int batchSize) =>
        [.. Sorted([.. Enumerable.Range(0, rows)], length).Chunk(batchSize)];

    private static int[] Sorted(int[] rows, Func<int, int> length)
    {
        var lengths = Array.ConvertAll(rows, row => length(row));
        return Array.ConvertAll(PackedSequence.SortedLongestFirst(lengths), position => rows[position]);
    }
}
