namespace Pipelines.Stages.Torch;

/// <summary>Which row each place of a layout copies, and the other way round: row r is at <c>Places[Starts[r]..Starts[r + 1]]</c>.</summary>
internal sealed record RowIndex(int[] RowOfPlace, int[] Starts, int[] Places)
{
    public int Rows => Starts.Length - 1;

    public static RowIndex Of(int[] rowOfPlace, int rows)
    {
        var starts = new int[rows + 1];
        foreach (var row in rowOfPlace)
            starts[row + 1]++;
        for (var r = 0; r < rows; r++)
            starts[r + 1] += starts[r];
        var next = starts[..^1];
        var places = new int[rowOfPlace.Length];
        for (var place = 0; place < places.Length; place++)
            places[next[rowOfPlace[place]]++] = place;
        return new(rowOfPlace, starts, places);
    }

    public ReadOnlySpan<int> PlacesOf(int row) => Places.AsSpan(Starts[row]..Starts[row + 1]);
}
