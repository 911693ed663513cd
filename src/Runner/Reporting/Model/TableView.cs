using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>A table as the reader sees it: every number is set already.</summary>
/// <param name="Note">How many rows are not shown.</param>
internal sealed record TableView(IReadOnlyList<Cell> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows, string? Note)
{
    private const int MaxRows = 60;
    private const int ManyColumns = 7;

    // When a table is cut into columns; in pixels of the theme.
    private const int MaxUncut = 12;
    private const int FewRows = 8;
    private const int PageWidth = 850;
    private const double FontSize = 14;
    private const double Bold = 1.12;
    private const double Padding = 25;
    private const double Gap = 34;

    public bool HasHeads { get; init; }

    public static TableView Of(Grid grid, Language language)
    {
        string[] classes = [.. grid.Columns.Select((column, i) => ClassOf(column, grid.Rows.Select(row => row[i]), language))];
        Cell[] heads = [
            .. grid.Columns
                .Select((column, i) => new Cell(column.IsData ? column.Name : Language.Capitalized(language.Word(column.Name)), classes[i]))
                .Where((_, i) => !IsDeviation(i))];
        ValueFormat[] formats = [.. grid.Columns.Select((column, i) => FormatOf(column, grid.Rows.Select(row => row[i])))];
        NumberStyle?[] styles = [.. grid.Columns.Select((_, i) => StyleOf(grid, i, formats[i], language))];
        var rows = grid.Rows.Take(MaxRows).Select(row => (IReadOnlyList<Cell>)
        [
            .. row.Select((value, i) => IsDeviation(i + 1) && value is double mean && row[i + 1] is double deviation
                ? new(Spread(mean, deviation, formats[i], language), classes[i])
                : value is double number && styles[i] is { } style ? new(language.Numbers.Of(number, style), classes[i])
                : CellOf(grid.Columns[i], formats[i], value, classes[i], language)).Where((_, i) => !IsDeviation(i)),
        ]);
        var left = grid.Rows.Count - MaxRows;
        var note = left > 0 ? language.Phrase("rows_left", ("count", language.Numbers.Of(left))) : null;
        var table = new TableView(heads, [.. rows], note) { HasHeads = classes is ["name", ..] };
        return (grid.Columns.Count > ManyColumns && grid.Rows.Count <= 4 && table.HasHeads) || IsLine(grid) ? table.Turned() : table;

        bool IsDeviation(int column) => column > 0 && column < grid.Columns.Count && grid.Columns[column].Name == GridColumn.Deviation;
    }

    private static string Spread(double mean, double deviation, ValueFormat format, Language language)
    {
        var first = format == ValueFormat.Percent ? language.Numbers.Decimal(mean * 100, 1) : language.Numbers.Of(mean, format);
        return $"{first} ± {language.Numbers.Of(deviation, format)}";
    }

    /// <summary>A text taken apart, such as tokens with their ids, is read from left to right.</summary>
    private static bool IsLine(Grid grid) =>
        grid.Name.EndsWith("_example", StringComparison.Ordinal) && grid.Columns.Count <= 3 && grid.Rows.Count <= 24;

    /// <summary>The table with a further sentence below it.</summary>
    public TableView With(string sentence) => this with { Note = $"{Note} {sentence}".TrimStart() };

    /// <summary>A long narrow table, cut into columns that stand side by side.</summary>
    public IReadOnlyList<TableView> Folded()
    {
        if (Rows.Count <= MaxUncut)
            return [this];
        var width = Enumerable.Range(0, Columns.Count).Sum(WidthOf);
        var parts = Math.Min(PageWidth / (int)(width + Gap), (Rows.Count + FewRows - 1) / FewRows);
        if (parts < 2)
            return [this];
        var rows = (Rows.Count + parts - 1) / parts;
        return [.. Rows.Chunk(rows).Select(chunk => this with { Rows = chunk, Note = null })];
    }

    private double WidthOf(int column) => Padding + Math.Max(
        TextSize.Width(Columns[column].Text, FontSize * Bold), Rows.Max(row => TextSize.Width(row[column].Text, FontSize)));

    /// <summary>Few rows with many columns read better as a column each.</summary>
    private TableView Turned() => new(
        [Columns[0] with { Class = "name" }, .. Rows.Select(row => row[0] with { Class = row[^1].Class })],
        [.. Enumerable.Range(1, Columns.Count - 1).Select(column => (IReadOnlyList<Cell>)
            [Columns[column] with { Class = "name" }, .. Rows.Select(row => row[column])])], Note)
    { HasHeads = true };

    private static Cell CellOf(GridColumn column, ValueFormat format, object? value, string kind, Language language) => value switch
    {
        false when language.Marks.Contains(column.Name) => new("", kind),
        bool truth => new(language.Numbers.Of(truth), truth ? "check yes" : "check no"),
        string key when kind == "name" => new(Language.Capitalized(language.Word(key)), kind),
        string text => new(PageText.Short(language.Numbers.Of(text, column.Format)), kind),
        _ => new(language.Numbers.Of(value, format), value is null ? $"{kind} none" : kind),
    };

    // A whole number among fractions gets the decimals of its neighbours.
    private static ValueFormat FormatOf(GridColumn column, IEnumerable<object?> values) =>
        column.Format == ValueFormat.Auto && values.Any(value => value is double number && number != Math.Floor(number))
            ? ValueFormat.Decimal
            : column.Format;

    /// <summary>Of the two ends of an interval, or what was before and after; null for columns that are read alone.</summary>
    private static NumberStyle? StyleOf(Grid grid, int column, ValueFormat format, Language language)
    {
        var first = EndsOf(grid, column) ? column : column > 0 && EndsOf(grid, column - 1) ? column - 1 : (int?)null;
        return first is not { } low ? null : new(format, grid.Rows.Take(MaxRows)
            .Max(row => language.Numbers.Apart(format, new[] { row[low], row[low + 1] }.OfType<double>()).More));
    }

    private static bool EndsOf(Grid grid, int column) => column + 1 < grid.Columns.Count && grid.Rows.Count > 0
        && grid.Columns[column].Format == grid.Columns[column + 1].Format
        && (grid.Columns[column].Name, grid.Columns[column + 1].Name) is var (first, second)
        && ((first.EndsWith("low", StringComparison.Ordinal) && second.EndsWith("high", StringComparison.Ordinal))
            || (first.EndsWith("before", StringComparison.Ordinal) && second.EndsWith("after", StringComparison.Ordinal)));

    private static string ClassOf(GridColumn column, IEnumerable<object?> values, Language language) =>
        language.Keys.Contains(column.Name) ? "name"
        : column.Format == ValueFormat.Code ? "code"
        : column.Format == ValueFormat.Check || values.Any(value => value is bool) ? "check"
        : values.Any(value => value is string) ? "text"
        : "num";
}

/// <param name="Class">For theme.css: <c>num</c>, <c>code</c>, <c>check yes</c>, <c>text</c>.</param>
internal sealed record Cell(string Text, string Class);
