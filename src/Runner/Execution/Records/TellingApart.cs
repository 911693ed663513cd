namespace Pipelines.Runner.Execution;

/// <summary>How many more decimals numbers that are read beside each other need, so that those that differ are written so.</summary>
internal static class TellingApart
{
    private const int MaxDecimals = 6;

    // Closer ones are the same number, computed in another order.
    private const double Same = 1e-12;

    /// <param name="write">A number with so many more decimals than usual.</param>
    /// <returns>None where even many do not tell them apart.</returns>
    public static int Decimals(IEnumerable<double> numbers, Func<double, int, string> write)
    {
        var sorted = numbers.Where(double.IsFinite).Distinct().Order().ToList();
        var different = sorted.Zip(sorted.Skip(1)).Where(pair => pair.Second - pair.First > Same).ToList();
        for (var more = 0; more <= MaxDecimals; more++)
            if (different.TrueForAll(pair => write(pair.First, more) != write(pair.Second, more)))
                return more;
        return 0;
    }
}
