namespace Pipelines.Stages.Models.LinearModels;

/// <summary>A predictor whose scores are weighted sums of words.</summary>
internal interface ILinear
{
    LinearModel Linear { get; }
}
