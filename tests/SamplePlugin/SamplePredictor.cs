using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.SamplePlugin.Sample;

/// <summary>Predicts that every text is a sample.</summary>
[Architecture("sample")]
public sealed class SamplePredictor(Model model, PredictorOptions options) : Predictor(model)
{
    public override IReadOnlyList<string>? Classes => [options.Device];

    public override IReadOnlyList<Prediction> Predict(IReadOnlyList<ModelInput> inputs, int top = 1,
        CancellationToken cancellation = default) =>
        [.. inputs.Select(input => new Prediction($"sample {input.Text}", 1, []))];
}
