using Pipelines.Stages.Training;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>Training without the classes that have no rows: they take no part, and cannot be predicted.</summary>
internal sealed class PresentClasses
{
    private readonly int[] _present;
    private readonly int _all;

    public PresentClasses(FeatureRows data)
    {
        _all = data.Classes;
        _present = [.. data.Targets.Distinct().Order()];
        Rows = data with { Targets = [.. data.Targets.Select(target => Array.BinarySearch(_present, target))], Classes = _present.Length };
    }

    /// <summary>The rows, with classes numbered anew.</summary>
    public FeatureRows Rows { get; }

    /// <summary>C by class: the same for all rows, or so that every class weighs as much as any other.</summary>
    public double[] Costs(double c, ClassWeights weights)
    {
        var costs = new double[Rows.Classes];
        foreach (var (target, rows) in Rows.Targets.CountBy(target => target))
            costs[target] = weights == ClassWeights.Balanced ? c * Rows.Count / (Rows.Classes * (double)rows) : c;
        return costs;
    }

    /// <summary>Weights of all classes from those of the present ones.</summary>
    public LinearWeights Spread(LinearWeights weights)
    {
        if (_present.Length == _all)
            return weights;
        LinearWeights spread = new(new double[_all], new double[Rows.Words * _all]);
        Array.Fill(spread.Intercepts, double.NegativeInfinity);
        for (var i = 0; i < _present.Length; i++)
        {
            spread.Intercepts[_present[i]] = weights.Intercepts[i];
            for (var word = 0; word < Rows.Words; word++)
                spread.Coefficients[(word * _all) + _present[i]] = weights.Coefficients[(word * _present.Length) + i];
        }
        return spread;
    }
}
