using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Draws as many cells as the budget allows (Bergstra and Bengio, 2012). Each value depends on the seed, the name of its axis and the
/// number of the draw alone: a larger budget keeps the cells of a smaller one, and another range on one axis moves no value on the others.
/// </summary>
internal sealed class RandomSearch(ulong seed, IReadOnlyList<MatrixAxis> axes)
{
    /// <summary>Draws that give a cell which is there already, or is excluded, are drawn again so often.</summary>
    private const int DrawsPerCell = 100;

    /// <summary>Tells the numbers drawn here from those that stages draw with the same seed.</summary>
    private const ulong Stream = 0x5EA4C4;

    private readonly ulong[] _streams = [.. axes.Select(axis => StreamOf(axis.Name.Text))];

    /// <summary>Every combination, for axes that list their values.</summary>
    public static List<Cell> Grid(IReadOnlyList<MatrixAxis> axes)
    {
        List<Cell> cells = axes.Count == 0 ? [] : [Cell.Whole];
        foreach (var axis in axes)
            cells = [.. cells.SelectMany(_ => axis.Values, (cell, value) => cell.And(new([new(axis.Name.Text, value)])))];
        return cells;
    }

    /// <summary>How many combinations there are; null where values are drawn from a range.</summary>
    public static long? Combinations(IEnumerable<MatrixAxis> axes)
    {
        long count = 1;
        foreach (var axis in axes)
            if (axis.Drawn is not null)
                return null;
            else
                count = Math.Min(count * axis.Values.Count, int.MaxValue);
        return count;
    }

    /// <summary>Different cells in the order in which they were drawn; fewer than the budget where there are no more.</summary>
    public List<Cell> Draw(int budget, Func<Cell, bool> isAllowed)
    {
        List<Cell> cells = [];
        HashSet<string> drawn = new(StringComparer.Ordinal);
        for (var draw = 0; cells.Count < budget && draw < budget * DrawsPerCell; draw++)
            if (Drawn(draw) is var cell && isAllowed(cell) && drawn.Add(cell.IdOf("")))
                cells.Add(cell);
        return cells;
    }

    private Cell Drawn(int draw) => new([.. axes.Select((axis, i) =>
    {
        SeededRandom random = new(seed, Stream, _streams[i], (ulong)draw);
        return KeyValuePair.Create(
            axis.Name.Text, axis.Drawn?.Draw(random) ?? axis.Values[random.NextBelow(axis.Values.Count)]);
    })]);

    private static ulong StreamOf(string axis) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(axis)));
}
