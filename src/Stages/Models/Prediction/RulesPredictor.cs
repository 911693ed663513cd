using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Rules;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>Predicts by stored <see cref="KeywordRules"/>.</summary>
[Architecture(KeywordRules.Architecture)]
internal sealed class RulesPredictor : Predictor
{
    private readonly KeywordRules _rules;

    public RulesPredictor(Model model, PredictorOptions options)
        : base(model) => _rules = ModelConfig.Read(model.Directory).SettingsAs<KeywordRules>();

    public override IReadOnlyList<string> Classes => _rules.Labels;

    public override IReadOnlyList<Prediction> Predict(
        IReadOnlyList<ModelInput> inputs, int top = 1, CancellationToken cancellation = default) =>
        [.. inputs.Select(input => Predict(input.Text))];

    private Prediction Predict(string text)
    {
        var (label, decided) = _rules.Decide(text);
        var confidence = decided ? _rules.Confidence : _rules.OtherwiseConfidence;
        return new(label, confidence, [new(label, confidence)]);
    }
}
