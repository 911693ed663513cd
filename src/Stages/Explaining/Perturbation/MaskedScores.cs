namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>What a model gives to a text of which only some features are kept.</summary>
/// <param name="masks">Of each variant, whether a feature is kept.</param>
/// <returns>For each variant a score a class.</returns>
internal delegate IReadOnlyList<double[]> MaskedScores(IReadOnlyList<bool[]> masks);
