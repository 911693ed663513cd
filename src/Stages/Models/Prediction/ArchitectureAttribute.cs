namespace Pipelines.Stages.Models.Prediction;

/// <summary>
/// Names the architecture of the bundles a <see cref="Predictor"/> loads; the class is named like it and stands beside
/// <see cref="Predictor"/>, and its constructor takes (<see cref="Contracts.Model"/>, <see cref="PredictorOptions"/>).
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ArchitectureAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>How predictions are made.</summary>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Constrained">Models that spell: only codes seen in training; null: as the model was trained to.</param>
public sealed record PredictorOptions(string Device = "cpu", int Threads = 1, bool? Constrained = null);
