namespace Pipelines.Stages.Torch;

/// <summary>Which row each position of a layout copies, and the other way round: row r is at <c>Positions[Starts[r]..Starts[r +
/// 1]]</c>.</summary>
internal sealed record RowIndex(int[] RowOfPosition, int[] Starts, int[] Positions)
{
    public int Rows => Starts.Length - 1;

    public static RowIndex Of(int[] rowOfPosition, int rows)
    {
        var starts = new int[rows + 1];
        foreach (var row in rowOfPosition)
            starts[row + 1]++;
        for (var r = 0; r < rows; r++)
            starts[r + 1] += starts[r];
        var next = starts[..^1];
        var positions = new int[rowOfPosition.Length];
        for (var position = 0; position < positions.Length; position++)
            positions[next[rowOfPosition[position]]++] = position;
        return new(rowOfPosition, starts, positions);
    }

    public ReadOnlySpan<int> PositionsOf(int row) => Positions.AsSpan(Starts[row]..Starts[row + 1]);
}
