namespace Pipelines.Stages.Models.LinearModels;

/// <summary>What a linear model learned.</summary>
/// <param name="Intercepts">One a class; negative infinity where the class cannot be.</param>
/// <param name="Coefficients">Word after word, for each a number a class.</param>
internal sealed record LinearWeights(double[] Intercepts, double[] Coefficients)
{
    /// <summary>One score that speaks for the second of two classes, as a score a class: the first one's is 0.</summary>
    public LinearWeights OfTwoClasses() => new([0, Intercepts[0]], [.. Coefficients.SelectMany(value => new[] { 0, value })]);
}
