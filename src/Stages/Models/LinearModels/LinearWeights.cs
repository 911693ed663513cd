namespace Pipelines.Stages.Models.LinearModels;

/// <summary>What a linear model learned.</summary>
/// <param name="Intercepts">One a class; negative infinity where the class cannot be.</param>
/// <param name="Coefficients">Word after word, for each a number a class.</param>
internal sealed record LinearWeights(double[] Intercepts, double[] Coefficients);
