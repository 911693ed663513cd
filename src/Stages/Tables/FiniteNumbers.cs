using System.Globalization;
using System.Numerics;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>No kept result says of a model what is not a number: the one place that refuses it.</summary>
internal static class FiniteNumbers
{
    /// <summary>What models and explanations give; other columns are a user's, who may have left some out.</summary>
    private static readonly string[] MeasuredColumns = [Columns.Confidence, Columns.Attributions, Columns.Delta];

    /// <exception cref="StageException">A metric is infinite or not a number.</exception>
    public static void Check(IReadOnlyDictionary<string, double> metrics)
    {
        foreach (var (name, value) in metrics)
            if (!double.IsFinite(value))
                throw Refused($"The metric '{name}'", value);
    }

    /// <param name="before">Rows of the table before these.</param>
    /// <exception cref="StageException">A confidence, an attribution or its error is infinite or not a number.</exception>
    public static void Check(RowBatch batch, long before)
    {
        foreach (var name in MeasuredColumns.Where(batch.Has))
            if (FirstNotFinite(batch[name]) is { } found)
                throw Refused($"'{name}' of row {(before + found.Row + 1).ToString(CultureInfo.InvariantCulture)}", found.Value);
    }

    private static (int Row, double Value)? FirstNotFinite(ColumnData column)
    {
        if (column is Values<double> values)
            return FirstIn(values.Items, row => row);
        if (column is Values<float> narrow)
            return FirstIn(narrow.Items, row => row);
        if (column is Lists<double> lists)
            return FirstIn(lists.Items, item => RowOf(lists.Offsets, item));
        return column is Lists<float> narrowLists ? FirstIn(narrowLists.Items, item => RowOf(narrowLists.Offsets, item)) : null;
    }

    private static (int Row, double Value)? FirstIn<T>(T[] items, Func<int, int> rowOf)
        where T : struct, INumberBase<T>
    {
        var item = Array.FindIndex(items, item => !T.IsFinite(item));
        return item < 0 ? null : (rowOf(item), double.CreateTruncating(items[item]));
    }

    private static int RowOf(int[] offsets, int item) => Array.FindLastIndex(offsets, offset => offset <= item);

    private static StageException Refused(string what, double value) => new(
        $"{what} is {(double.IsNaN(value) ? "not a number" : "infinite")}, and no result may be.")
    {
        Help = "look at the model that gives it: its training has probably diverged, or there was nothing to measure",
    };
}
