using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models;

/// <summary>A column of numbers, whatever their type.</summary>
internal static class NumberColumn
{
    /// <summary>The number of each row; null: the column holds something else.</summary>
    public static Func<int, double>? Of(RowBatch batch, string name)
    {
        var column = batch[name];
        return (column as Values<int>) is { } whole ? row => whole[row]
            : (column as Values<long>) is { } large ? row => large[row]
            : (column as Values<float>) is { } single ? row => single[row]
            : (column as Values<double>) is { } real ? row => real[row]
            : null;
    }
}
