using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>A column as a reader sees it: a number with its deviation behind it and its interval below it, if it has such.</summary>
internal sealed class TableColumn
{
    private readonly Grid _grid;
    private readonly Language _language;
    private readonly int _column;
    private readonly int? _deviation, _low;
    private readonly ValueFormat _format;
    private readonly NumberStyle? _style, _intervalStyle;

    private TableColumn(Grid grid, int column, int? deviation, int? low, Language language)
    {
        (_grid, _column, _deviation, _low, _language) = (grid, column, deviation, low, language);
        Class = ClassOf(grid.Columns[column], Values(column), language);
        _format = FormatOf(grid, grid.Columns[column], Values(column));
        if (Partner(grid, column) is { } partner)
            _style = StyleOf([column, partner]);
        if (low is { } ends)
            _intervalStyle = StyleOf([ends, ends + 1]);
    }

    public string Class { get; }

    public Cell Head
    {
        get
        {
            var column = _grid.Columns[_column];
            return new(column.IsData ? column.Name : Language.Capitalized(_language.Word(column.Name)), Class)
            {
                Below = _low is { } low && Values(low).Any(value => value is not null) ? IntervalName(_grid.Columns[low].Name) : null,
            };
        }
    }

    public static IReadOnlyList<TableColumn> Of(Grid grid, Language language)
    {
        List<TableColumn> columns = [];
        for (var i = 0; i < grid.Columns.Count; i++)
        {
            var (column, next) = (i, i + 1);
            int? deviation = next < grid.Columns.Count && grid.Columns[next].Name == GridColumn.Deviation ? next++ : null;
            // The ends of an interval that stand behind what they are of.
            int? low = IsInterval(grid, next) && !IsInterval(grid, column) && grid.Columns[column].Format == grid.Columns[next].Format
                ? next : null;
            i = low is { } first ? first + 1 : next - 1;
            columns.Add(new(grid, column, deviation, low, language));
        }
        return columns;
    }

    public Cell CellOf(IReadOnlyList<object?> row)
    {
        var cell = row[_column] is double mean && _deviation is { } column && row[column] is double deviation
            ? new(Spread(mean, deviation), Class)
            : row[_column] is double number && _style is { } style ? new(_language.Numbers.Of(number, style), Class)
            : CellOf(row[_column]);
        return _low is { } ends && row[ends] is double low && row[ends + 1] is double high
            ? cell with { Below = _language.Numbers.Interval(low, high, _intervalStyle!.Value) }
            : cell;
    }

    private IEnumerable<object?> Values(int column) => _grid.Rows.Select(row => row[column]);

    // « IC 95 % » where that is what it is; a kind may have another one.
    private string IntervalName(string low) => low == "interval_low" || low == _grid.Columns[_column].Name + "_low"
        ? _language.Phrase("interval") : _language.Word(low);

    /// <summary>The column whose numbers are read against those of this one: what was before or after.</summary>
    private static int? Partner(Grid grid, int column) =>
        IsPair(grid, column, "before", "after") || IsInterval(grid, column) ? column + 1
        : IsPair(grid, column - 1, "before", "after") || IsInterval(grid, column - 1) ? column - 1
        : null;

    private static bool IsInterval(Grid grid, int column) => IsPair(grid, column, "low", "high");

    private static bool IsPair(Grid grid, int column, string first, string second) => column >= 0 && column + 1 < grid.Columns.Count
        && grid.Columns[column].Format == grid.Columns[column + 1].Format
        && grid.Columns[column].Name.EndsWith(first, StringComparison.Ordinal)
        && grid.Columns[column + 1].Name.EndsWith(second, StringComparison.Ordinal);

    private NumberStyle StyleOf(int[] columns) => new(_format, _grid.Rows.Take(TableView.MaxRows)
        .Select(row => _language.Numbers.Apart(_format, columns.Select(column => row[column]).OfType<double>()).More)
        .DefaultIfEmpty(0).Max());

    private string Spread(double mean, double deviation)
    {
        var first = _format == ValueFormat.Percent ? _language.Numbers.Decimal(mean * 100, 1) : _language.Numbers.Of(mean, _format);
        return $"{first} ± {_language.Numbers.Of(deviation, _format)}";
    }

    private Cell CellOf(object? value) => value switch
    {
        false when _language.Marks.Contains(_grid.Columns[_column].Name) => new("", Class),
        bool truth => new(_language.Numbers.Of(truth), truth ? "check yes" : "check no"),
        string key when Class == "name" => new(Language.Capitalized(_language.Word(key)), Class),
        string text => new(PageText.Short(_language.Numbers.Of(text, _grid.Columns[_column].Format)), Class),
        _ => new(_language.Numbers.Of(value, _format), value is null ? $"{Class} none" : Class),
    };

    // What stands under the tokens of a text are their numbers, and no quantity. A whole number among fractions gets the decimals of its
    // neighbours.
    private static ValueFormat FormatOf(Grid grid, GridColumn column, IEnumerable<object?> values) =>
        column.Format == ValueFormat.Integer && TableView.IsLine(grid) ? ValueFormat.Code
        : column.Format == ValueFormat.Auto && values.Any(value => value is double number && number != Math.Floor(number))
            ? ValueFormat.Decimal
            : column.Format;

    private static string ClassOf(GridColumn column, IEnumerable<object?> values, Language language) =>
        language.Keys.Contains(column.Name) ? "name"
        : column.Format == ValueFormat.Code ? "code"
        : column.Format == ValueFormat.Check || values.Any(value => value is bool) ? "check"
        // A number that is set already, by a rule for its row.
        : column.Format == ValueFormat.Decimal ? "num"
        : values.Any(value => value is string) ? "text"
        : "num";
}
