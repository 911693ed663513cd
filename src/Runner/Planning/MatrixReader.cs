using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>matrix</c>: values by axis, every combination of them, less <c>exclude</c>, and those of <c>include</c>.</summary>
internal sealed class MatrixReader(YamlScalar stage, ICollection<Diagnostic> diagnostics)
{
    /// <summary>More is a typing error, or would run for weeks.</summary>
    public const int MaxCells = 1000;

    private const string Include = "include";
    private const string Exclude = "exclude";

    /// <summary>The cells in the order of the file; null, with the reasons among the diagnostics, when the matrix cannot be read.</summary>
    public static IReadOnlyList<Cell>? Read(YamlScalar stage, YamlNode? matrix, ICollection<Diagnostic> diagnostics) =>
        matrix is null ? [Cell.Whole] : new MatrixReader(stage, diagnostics).Read(matrix);

    private List<Cell>? Read(YamlNode matrix)
    {
        if (matrix is not YamlMap map)
            return Fail(Diagnostics.NoMap(matrix, "'matrix'"));
        var axes = map.Entries.Where(entry => entry.Key.Text is not (Include or Exclude)).Select(Axis).ToList();
        if (axes.Any(axis => axis is null))
            return null;
        long count = 1;
        foreach (var axis in axes)
            count = Math.Min(count * axis!.Values.Count, MaxCells + 1);
        if (count > MaxCells)
            return Fail(Diagnostics.TooManyCells(matrix, stage.Text, MaxCells));
        List<Cell> cells = axes.Count == 0 ? [] : [Cell.Whole];
        foreach (var axis in axes)
            cells = [.. cells.SelectMany(cell => axis!.Values, (cell, value) => cell.And(new([new(axis!.Name.Text, value)])))];
        if (Excluded(map, axes!) is not { } excluded || Included(map, axes!) is not { } included)
            return null;
        cells.RemoveAll(cell => excluded.Any(pattern => pattern.AgreesWith(cell)));
        foreach (var (cell, at) in included)
            if (cells.Exists(cell.AgreesWith))
                return Fail(Diagnostics.CellTwice(at, cell.IdOf(stage.Text)));
            else
                cells.Add(cell);
        return cells.Count is 0 ? Fail(Diagnostics.NoCells(matrix, stage.Text))
            : cells.Count > MaxCells ? Fail(Diagnostics.TooManyCells(matrix, stage.Text, MaxCells))
            : cells;
    }

    private MatrixAxis? Axis(YamlEntry entry)
    {
        if (!DocumentReader.IsName(entry.Key.Text, max: 64))
        {
            diagnostics.Add(Diagnostics.BadAxisName(entry.Key));
            return null;
        }
        // A map names values that are too large to name themselves.
        List<AxisValue>? values = entry.Value switch
        {
            YamlMap map => [.. map.Entries.Select(named => new AxisValue(named.Key.Text, named.Value))],
            YamlList list when list.Items.All(IsText) => [.. list.Items.Cast<YamlScalar>().Select(item => new AxisValue(item.Text, item))],
            _ => null,
        };
        if (values is null or [])
            diagnostics.Add(Diagnostics.BadAxis(entry.Value, entry.Key.Text));
        else if (values.GroupBy(value => value.Text, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            diagnostics.Add(Diagnostics.AxisValueTwice(twice.Last().Value, entry.Key.Text, twice.Key));
        else
            return new(entry.Key, values);
        return null;
    }

    private List<Cell>? Excluded(YamlMap matrix, IReadOnlyList<MatrixAxis> axes)
    {
        List<Cell> patterns = [];
        foreach (var (item, map) in Items(matrix, Exclude))
        {
            if (map is null)
                return null;
            List<KeyValuePair<string, AxisValue>> values = [];
            foreach (var (key, node) in map.Entries)
            {
                var axis = axes.FirstOrDefault(axis => axis.Name.Text == key.Text);
                if (axis is null)
                    return Fail(Diagnostics.UnknownAxis(key, [.. axes.Select(known => known.Name.Text)]));
                if (axis.Values.FirstOrDefault(value => node is YamlScalar scalar && scalar.Text == value.Text) is not { } value)
                    return Fail(Diagnostics.UnknownAxisValue(node, key.Text, [.. axis.Values.Select(known => known.Text)]));
                values.Add(new(key.Text, value));
            }
            if (values.Count == 0)
                return Fail(Diagnostics.NoMap(item, "An item of 'exclude'"));
            patterns.Add(new(values));
        }
        return patterns;
    }

    private List<(Cell Cell, YamlNode At)>? Included(YamlMap matrix, IReadOnlyList<MatrixAxis> axes)
    {
        List<(Cell, YamlNode)> cells = [];
        IReadOnlyList<string>? names = axes.Count == 0 ? null : [.. axes.Select(axis => axis.Name.Text)];
        foreach (var (item, map) in Items(matrix, Include))
        {
            if (map is null)
                return null;
            names ??= [.. map.Entries.Select(entry => entry.Key.Text)];
            if (!names.ToHashSet(StringComparer.Ordinal).SetEquals(map.Entries.Select(entry => entry.Key.Text)))
            {
                diagnostics.Add(Diagnostics.IncludeNeedsAxes(item, names));
                return null;
            }
            if (map.Entries.FirstOrDefault(entry => !IsText(entry.Value)) is { } large)
            {
                diagnostics.Add(Diagnostics.BadAxis(large.Value, large.Key.Text));
                return null;
            }
            cells.Add(
                (new([.. names.Select(name => KeyValuePair.Create(name, Value(axes, name, (YamlScalar)map.Find(name)!.Value)))]), item));
        }
        return cells;
    }

    // An included cell may give the name of a value of the axis: then it has the YAML of that value.
    private static AxisValue Value(IReadOnlyList<MatrixAxis> axes, string name, YamlScalar written) =>
        axes.FirstOrDefault(axis => axis.Name.Text == name)?.Values.FirstOrDefault(value => value.Text == written.Text)
            ?? new(written.Text, written);

    private IEnumerable<(YamlNode Item, YamlMap? Map)> Items(YamlMap matrix, string key)
    {
        if (matrix.Find(key)?.Value is not { } node)
            yield break;
        if (node is not YamlList list)
        {
            diagnostics.Add(Diagnostics.NoList(node, $"'{key}'", "[{ axis: value }]"));
            yield return (node, null);
            yield break;
        }
        foreach (var item in list.Items)
        {
            if (item is not YamlMap)
                diagnostics.Add(Diagnostics.NoMap(item, $"An item of '{key}'"));
            yield return (item, item as YamlMap);
        }
    }

    private static bool IsText(YamlNode node) => node is YamlScalar { IsUnresolved: false };

    private List<Cell>? Fail(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return null;
    }

    private sealed record MatrixAxis(YamlScalar Name, IReadOnlyList<AxisValue> Values);
}
