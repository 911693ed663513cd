namespace Pipelines.Stages.Models.Prediction;

/// <summary>
/// Names the architecture word of the bundles a <see cref="Predictor"/> loads; its constructor takes (<see cref="Contracts.Model"/>,
/// <see cref="PredictorOptions"/>).
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ArchitectureAttribute(string word) : Attribute
{
    public string Word { get; } = word;
}

/// <summary>How predictions are made.</summary>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="ValidCodesOnly">Models that spell: only codes seen in training; null: as the model was trained to.</param>
public sealed record PredictorOptions(string Device = "cpu", int Threads = 1, bool? ValidCodesOnly = null);
