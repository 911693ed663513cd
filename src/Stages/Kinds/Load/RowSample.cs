namespace Pipelines.Stages.Kinds.Load;

/// <summary>Which rows of a file are taken: the first ones, or some drawn at random and kept in file order.</summary>
internal static class RowSample
{
    /// <summary>Reservoir sampling (Vitter's algorithm R): one pass, memory of the sample only.</summary>
    public static async IAsyncEnumerable<LoadedRow> Draw(IAsyncEnumerable<LoadedRow> rows, int size, int seed)
    {
#pragma warning disable RS0030 // The sequence of a seed has always been the same, and kept results come from it.
        var random = new Random(seed);
#pragma warning restore RS0030
        var reservoir = new List<(long Position, LoadedRow Row)>();
        var position = 0L;
        await foreach (var row in rows.ConfigureAwait(false))
        {
            if (reservoir.Count < size)
                reservoir.Add((position, row));
            else if (random.NextInt64(position + 1) is var slot && slot < size)
                reservoir[(int)slot] = (position, row);
            position++;
        }
        foreach (var (_, row) in reservoir.OrderBy(drawn => drawn.Position))
            yield return row;
    }
}
