using System.Globalization;
using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>What a cell of a CSV file can mean.</summary>
internal static class CsvCell
{
    public static bool Fits(string cell, ColumnType type) => type switch
    {
        { IsList: true } => cell.StartsWith('[') && cell.EndsWith(']'),
        { Element: ElementType.Bool } => TryBool(cell, out _),
        { Element: ElementType.Int } => TryLong(cell, out var value) && value is >= int.MinValue and <= int.MaxValue,
        { Element: ElementType.Long } => TryLong(cell, out _),
        { Element: ElementType.Float or ElementType.Double } => TryDouble(cell, out _),
        _ => true,
    };

    public static bool TryBool(string cell, out bool value)
    {
        value = cell is "true" or "True" or "TRUE";
        return value || cell is "false" or "False" or "FALSE";
    }

    /// <summary>A number with a leading zero is a code, and stays a text.</summary>
    public static bool TryLong(string cell, out long value) =>
        long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && !HasLeadingZero(cell) && cell[0] != '+';

    /// <summary>An empty cell is not a number, as pandas writes it.</summary>
    public static bool TryDouble(string cell, out double value)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = double.NaN;
        return cell is "" or "NaN" or "nan"
            || (!HasLeadingZero(cell) && cell[0] != '+' && double.TryParse(cell, Styles, CultureInfo.InvariantCulture, out value));
    }

    public static bool TryList<T>(string cell, out T[] items)
    {
        items = [];
        try
        {
            items = JsonSerializer.Deserialize<T[]>(cell, Json.Plain) ?? [];
            return items.All(item => item is not null);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasLeadingZero(string cell)
    {
        var digits = cell.AsSpan().TrimStart('-');
        return digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
    }
}
