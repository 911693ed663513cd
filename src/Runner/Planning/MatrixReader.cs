using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Reads <c>matrix</c>: values by axis, every combination of them or as many as <c>budget</c> allows, less <c>exclude</c>, and those of
/// <c>include</c>.
/// </summary>
/// <param name="seed">Of the pipeline, from which a search is drawn.</param>
internal sealed class MatrixReader(YamlScalar stage, ulong seed, ICollection<Diagnostic> diagnostics)
{
    /// <summary>More is a typing error, or would run for weeks.</summary>
    public const int MaxCells = 1000;

    private const string Include = "include";
    private const string Exclude = "exclude";
    private const string Budget = "budget";

    /// <summary>The cells in the order of the file; null, with the reasons among the diagnostics, when the matrix cannot be read.</summary>
    public static IReadOnlyList<Cell>? Read(YamlScalar stage, YamlNode? matrix, ulong seed, ICollection<Diagnostic> diagnostics) =>
        matrix is null ? [Cell.Whole] : new MatrixReader(stage, seed, diagnostics).Read(matrix);

    private List<Cell>? Read(YamlNode matrix)
    {
        if (matrix is not YamlMap map)
            return Fail(Diagnostics.NoMap(matrix, "'matrix'"));
        var entries = map.Entries.Where(entry => entry.Key.Text is not (Include or Exclude or Budget or Halving.Key)).ToList();
        List<MatrixAxis> axes = [.. entries.Select(entry => MatrixAxis.Read(entry, diagnostics)).OfType<MatrixAxis>()];
        if (axes.Count < entries.Count || Excluded(map, axes) is not { } excluded || Included(map, axes) is not { } included)
            return null;
        bool IsAllowed(Cell cell) => !excluded.Exists(pattern => pattern.AgreesWith(cell));
        if ((map.Find(Budget) is { Value: YamlNode budget and not YamlScalar { IsNull: true } }
            ? Searched(matrix, axes, budget, IsAllowed)
            : All(matrix, axes)) is not { } cells)
            return null;
        cells.RemoveAll(cell => !IsAllowed(cell));
        foreach (var (cell, at) in included)
            if (cells.Exists(cell.AgreesWith))
                return Fail(Diagnostics.CellTwice(at, cell.IdOf(stage.Text)));
            else
                cells.Add(cell);
        return cells.Count is 0 ? Fail(Diagnostics.NoCells(matrix, stage.Text))
            : cells.Count > MaxCells ? Fail(Diagnostics.TooManyCells(matrix, stage.Text, MaxCells))
            : cells;
    }

    private List<Cell>? All(YamlNode matrix, List<MatrixAxis> axes) =>
        axes.Find(axis => axis.Drawn is not null) is { } range
            ? Fail(Diagnostics.RangeWithoutBudget(range.Drawn!.Written, range.Name.Text))
        : RandomSearch.Combinations(axes) > MaxCells ? Fail(Diagnostics.TooManyCells(matrix, stage.Text, MaxCells))
        : RandomSearch.Grid(axes);

    /// <summary>The cells of a search, each repeated for all values of axes that only repeat experiments.</summary>
    private List<Cell>? Searched(YamlNode matrix, List<MatrixAxis> axes, YamlNode written, Func<Cell, bool> isAllowed)
    {
        if (written is not YamlScalar { IsPlain: true } scalar || !CoreSchema.TryWholeNumber(scalar.Text, out var budget)
            || budget is < 1 or > MaxCells)
            return written.IsUnresolved ? null : Fail(Diagnostics.BadBudget(written, MaxCells));
        var searched = axes.Where(axis => axis.Drawn is not null || !Repetitions.IsAxis(axis.Name.Text)).ToList();
        var repeated = RandomSearch.Grid([.. axes.Except(searched)]);
        if (budget * Math.Max(1, repeated.Count) > MaxCells)
            return Fail(Diagnostics.TooManyCells(matrix, stage.Text, MaxCells));
        if (searched.Count == 0)
            return Fail(Diagnostics.NoCells(matrix, stage.Text));
        var drawn = RandomSearch.Combinations(searched) is { } all && all <= budget
            ? RandomSearch.Grid(searched).FindAll(cell => isAllowed(cell))
            : new RandomSearch(seed, searched).Draw((int)budget, isAllowed);
        if (drawn.Count > 0 && drawn.Count < budget)
            diagnostics.Add(Diagnostics.FewerCellsThanBudget(written, stage.Text, drawn.Count));
        IReadOnlyList<string> order = [.. axes.Select(axis => axis.Name.Text)];
        return repeated.Count == 0
            ? drawn
            : [.. drawn.SelectMany(_ => repeated, (cell, repetition) => cell.And(repetition).Of(order))];
    }

    private List<Cell>? Excluded(YamlMap matrix, List<MatrixAxis> axes)
    {
        List<Cell> patterns = [];
        foreach (var (item, map) in Items(matrix, Exclude))
        {
            if (map is null)
                return null;
            List<KeyValuePair<string, AxisValue>> values = [];
            foreach (var (key, node) in map.Entries)
            {
                var axis = axes.Find(axis => axis.Name.Text == key.Text);
                if (axis is null)
                    return Fail(Diagnostics.UnknownAxis(key, [.. axes.Select(known => known.Name.Text)]));
                if (axis.Drawn is not null)
                    return Fail(Diagnostics.BadRange(
                        node, key.Text, "none of its values can be excluded, since they are drawn: narrow it"));
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

    private List<(Cell Cell, YamlNode At)>? Included(YamlMap matrix, List<MatrixAxis> axes)
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
            if (map.Entries.FirstOrDefault(entry => !MatrixAxis.IsText(entry.Value)) is { } large)
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
    private static AxisValue Value(List<MatrixAxis> axes, string name, YamlScalar written) =>
        axes.Find(axis => axis.Name.Text == name)?.Values.FirstOrDefault(value => value.Text == written.Text)
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

    private List<Cell>? Fail(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return null;
    }
}
