namespace Pipelines.Runner.Planning;

/// <summary>One combination of the values of a matrix: axis → value, in the order the axes came up.</summary>
internal sealed record Cell(IReadOnlyList<KeyValuePair<string, AxisValue>> Values)
{
    // A file name has room for a few axes of this length.
    private const int MaxValueLength = 40;

    /// <summary>The cell of a stage that no matrix repeats.</summary>
    public static Cell Whole { get; } = new([]);

    public AxisValue? Find(string axis)
    {
        foreach (var (name, value) in Values)
            if (name == axis)
                return value;
        return null;
    }

    public Cell And(Cell other) =>
        other.Values.Count == 0 ? this : new([.. Values, .. other.Values.Where(value => Find(value.Key) is null)]);

    /// <summary>Only these axes, in their order.</summary>
    public Cell Of(IReadOnlyList<string> axes) =>
        axes.Count == 0 ? Whole : new([.. axes.Select(axis => KeyValuePair.Create(axis, Find(axis)!))]);

    /// <summary>Whether both say the same of the axes they share.</summary>
    public bool AgreesWith(Cell other) => Values.All(value => other.Find(value.Key) is not { } there || there.Text == value.Value.Text);

    /// <summary><c>model@dropout=0.1,units=64</c>: stable, and good as the name of a file.</summary>
    public string IdOf(string stage) =>
        Values.Count == 0 ? stage
        : $"{stage}@{string.Join(',', Values.Select(value => $"{value.Key}={FileWord.Of(value.Value.Text, MaxValueLength)}"))}";
}

/// <param name="Text">What names it.</param>
/// <param name="Value">What takes the place of <c>${matrix.axis}</c>.</param>
internal sealed record AxisValue(string Text, Documents.YamlNode Value);
