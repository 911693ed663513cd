namespace Pipelines.Stages.Measures;

/// <summary>Holm's step-down correction: with it, the chance that any of several tests finds a difference where there is none stays below
/// the level.</summary>
public static class Holm
{
    /// <returns>The corrected p-values, in the order given.</returns>
    public static double[] Corrected(IReadOnlyList<double> pValues)
    {
        var corrected = new double[pValues.Count];
        var least = 0.0;
        var left = pValues.Count;
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            least = Math.Max(least, Math.Min(1, pValues[i] * left--));
            corrected[i] = least;
        }
        return corrected;
    }
}
