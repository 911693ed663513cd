using System.Text.RegularExpressions;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>A table as the reader sees it: every number is set already.</summary>
/// <param name="Note">How many rows are not shown.</param>
internal sealed record TableView(IReadOnlyList<Cell> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows, string? Note)
{
    internal const int MaxRows = 60;
    private const int ManyColumns = 7;

    // When a table is cut into columns; in pixels of the theme.
    private const int MaxUncut = 12;
    private const int FewRows = 8;
    private const int PageWidth = 850;
    private const double FontSize = 14;
    private const double Bold = 1.12;
    private const double Small = 0.86;
    private const double Padding = 25;
    private const double Gap = 34;

    /// <summary>Less than the width of a phone, in pixels of the theme.</summary>
    private const double Narrow = 300;

    /// <summary>Half of the paper, in pixels of the theme.</summary>
    private const double PaperColumn = 500;

    /// <summary>Columns that the theme knows by their place: of what stands behind it a cell needs no class of its own.</summary>
    private const int MaxPlaced = 5;
    private const int MaxPlacedMarks = 8;
    private const int Sentence = 40;
    private const int LongWidth = 187;

    public bool HasHeads { get; init; }

    /// <summary>Whether it is wider than a small page: then it is moved sideways, and a keyboard must reach it.</summary>
    public bool MayScroll => Enumerable.Range(0, Columns.Count).Sum(MinWidthOf) > Narrow;

    /// <summary>On paper, in pixels of the theme: a text may take two lines, and a path breaks where it may.</summary>
    private double PrintedWidth => Enumerable.Range(0, Columns.Count).Sum(column => Rows.Any(row => row[column].Class is "text" or "code")
        ? Padding + Rows.Select(row => Math.Max(row[column].Parts.Max(part => LongestWord(part, FontSize)),
            TextSize.Width(row[column].Text, FontSize) / 2)).Append(LongestWord(Columns[column].Text, FontSize * Bold)).Max()
        : MinWidthOf(column));

    /// <summary>Whether these, side by side, are wider than a column of the printed page.</summary>
    public static bool AreWide(IReadOnlyList<TableView> parts) => parts.Sum(part => part.PrintedWidth) > PaperColumn;

    /// <summary>Of each column the class that all of its cells have and the theme gives them by their place.</summary>
    public IReadOnlyList<string> Placed => field ??=
        [.. Columns.Select((_, i) => (HasHeads && i == 0) || Rows.Count < 2 ? "" : PlacedOf(i))];

    private string PlacedOf(int column) => Columns[column].Class == "check"
        ? column is > 0 and < MaxPlacedMarks ? "check" : ""
        : column < MaxPlaced && Rows[0][column].Class is "code" or "text" && Rows.All(row => row[column].Class == Rows[0][column].Class)
            ? Rows[0][column].Class
            : "";

    /// <summary><c> code1 text3 long3</c>: classes of the table for such columns, and for those of whole sentences, which a narrow page
    /// leaves a few words a line.</summary>
    public string Places => string.Concat(Placed.Select((kind, i) => kind.Length == 0 ? "" : $" {kind}{i + 1}"))
        + string.Concat(Enumerable.Range(0, Columns.Count).Where(IsLong).Select(column => $" long{column + 1}"));

    private bool IsLong(int column) =>
        column < MaxPlaced - 1 && Rows.Any(row => row[column] is { Class: "text", Text.Length: > Sentence });

    public static TableView Of(Grid grid, Language language)
    {
        var columns = TableColumn.Of(grid, language);
        var left = grid.Rows.Count - MaxRows;
        var table = new TableView(
            [.. columns.Select(column => column.Head)],
            [.. grid.Rows.Take(MaxRows).Select(row => (IReadOnlyList<Cell>)[.. columns.Select(column => column.CellOf(row))])],
            left > 0 ? language.Phrase("rows_left", ("count", language.Numbers.Of(left))) : null)
        {
            HasHeads = columns is [{ Class: "name" }, ..],
        };
        return (columns.Count > ManyColumns && grid.Rows.Count <= 4 && table.HasHeads) || IsLine(grid) ? table.Turned() : table;
    }

    /// <summary>A text taken apart, such as tokens with their ids, is read from left to right.</summary>
    public static bool IsLine(Grid grid) =>
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

    // Only numbers, codes of a phone's page aside, do not break.
    private double MinWidthOf(int column) => IsLong(column) ? LongWidth
        : Padding + Rows.Take(MaxRows).Select(row => row[column]).SelectMany(cell => new[]
    {
        cell.Class == "num" ? TextSize.Width(cell.Text, FontSize) : LongestWord(cell.Text, FontSize),
        TextSize.Width(cell.Below ?? "", FontSize * Small),
    }).Append(LongestWord(Columns[column].Text, FontSize * Bold)).Max();

    private static double LongestWord(string text, double size) => text.Split(' ').Max(word => TextSize.Width(word, size));

    private double WidthOf(int column) => Padding + Math.Max(
        TextSize.Width(Columns[column].Text, FontSize * Bold), Rows.Max(row => Math.Max(
            TextSize.Width(row[column].Text, FontSize), TextSize.Width(row[column].Below ?? "", FontSize * Small))));

    /// <summary>Few rows with many columns read better as a column each.</summary>
    private TableView Turned() => new(
        [Columns[0] with { Class = "name" }, .. Rows.Select(row => row[0] with { Class = row[^1].Class })],
        [.. Enumerable.Range(1, Columns.Count - 1).Select(column => (IReadOnlyList<Cell>)
            [Columns[column] with { Class = "name" }, .. Rows.Select(row => row[column])])], Note)
    { HasHeads = true };
}

/// <param name="Class">For theme.css: <c>num</c>, <c>code</c>, <c>check yes</c>, <c>text</c>.</param>
internal sealed partial record Cell(string Text, string Class)
{
    private const int Short = 14;

    /// <summary>A second, smaller line: the interval of a number.</summary>
    public string? Below { get; init; }

    /// <summary>The text, taken apart where a long name may be broken on a narrow page.</summary>
    public IReadOnlyList<string> Parts => Class == "code" && Text.Length > Short
        ? [.. Break().Split(Text).Where(part => part.Length > 0)]
        : [Text];

    [GeneratedRegex("(?<=[_@=,/])")]
    private static partial Regex Break();
}
