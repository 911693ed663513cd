using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>Gathers a column of id lists, row by row: append to <see cref="Ids"/>, then end the row.</summary>
internal sealed class IdColumn(string name, int rows)
{
    private readonly int[] _offsets = new int[rows + 1];
    private int _row;

    public List<int> Ids { get; } = [];

    /// <summary>How many ids the row got.</summary>
    public int EndRow()
    {
        _offsets[++_row] = Ids.Count;
        return Ids.Count - _offsets[_row - 1];
    }

    public Lists<int> ToColumn() => new(name, [.. Ids], _offsets);
}
