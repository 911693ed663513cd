using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>Predicts classes with a stored <see cref="LinearModel"/>.</summary>
[Architecture(LinearModel.Architecture)]
internal sealed class LinearPredictor(Model model, PredictorOptions options) : ClassPredictor(model), ILinear
{
    private readonly LinearModel _linear = LinearModel.Read(model);

    public LinearModel Linear => _linear;

    public override IReadOnlyList<float[]> Probabilities(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation = default)
    {
        var probabilities = new float[inputs.Count][];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, inputs.Count, parallel, i => probabilities[i] = _linear.Probabilities(inputs[i].Text));
        return probabilities;
    }

    private protected override IEnumerable<ScoredClasses> Classify(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation) =>
        Probabilities(inputs, cancellation).Zip(inputs, (probabilities, input) => new ScoredClasses(
            probabilities, Array.ConvertAll(_linear.Scores(_linear.FeaturesOf(input.Text)), score => (float)score)));

    // It reads the text and not the ids, so nothing is cut.
    public override (IReadOnlyList<Token> Tokens, int Removed) Read(string raw) =>
        (_linear.Vocabulary.Tokens(Encoder.Prepare(raw)), 0);
}
