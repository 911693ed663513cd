using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>A model that gives every class a probability.</summary>
public abstract class ClassPredictor(Model model) : Predictor(model)
{
    private readonly ClassLabels _labels = LabelCodec.From(model.Encoding).Classes;

    public sealed override IReadOnlyList<string> Classes => _labels.Names;

    /// <summary>A probability a class, one array an input; models without probabilities give 1 to their choice.</summary>
    public abstract IReadOnlyList<float[]> Probabilities(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation = default);

    public sealed override IReadOnlyList<Prediction> Predict(IReadOnlyList<ModelInput> inputs, int top = 1,
        CancellationToken cancellation = default) =>
        [.. Classify(inputs, cancellation).Select(scores => ToPrediction(scores.Probabilities, top, scores.Raw))];

    private protected virtual IEnumerable<ScoredClasses> Classify(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation) =>
        Probabilities(inputs, cancellation).Select(probabilities => new ScoredClasses(probabilities, null));

    public sealed override IReadOnlyList<double[]> LabelProbabilities(
        IReadOnlyList<ModelInput> inputs, IReadOnlyList<string> labels, CancellationToken cancellation = default)
    {
        var classOf = Classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        int[] classes = [.. labels.Select(label => classOf.GetValueOrDefault(label, -1))];
        return [.. Probabilities(inputs, cancellation)
            .Select(probabilities => Array.ConvertAll(classes, index => index < 0 ? 0.0 : probabilities[index]))];
    }

    /// <summary>As <see cref="Predict"/>, with the probability of each row's own label where the model can give it.</summary>
    internal IEnumerable<PredictedRow> PredictRows(IReadOnlyList<LabelledInput> rows, CancellationToken cancellation)
    {
        var probabilities = Probabilities([.. rows.Select(row => row.Input)], cancellation);
        return rows.Zip(probabilities, (row, all) => new PredictedRow(row.Split, row.Text, row.Label, ToPrediction(all, top: 1))
        {
            LabelProbability = _labels.IndexOf(row.Label) is { } label && label != _labels.UnknownIndex ? all[label] : null,
        });
    }

    private protected int IndexOf(string label) => Classes.Index().First(entry => entry.Item == label).Index;

    private protected Prediction ToPrediction(float[] probabilities, int top, float[]? scores = null)
    {
        var candidates = Best(probabilities, Math.Clamp(top, 1, probabilities.Length))
            .Select(index => new Candidate(Classes[index], probabilities[index], scores?[index])).ToArray();
        return new(candidates[0].Label, candidates[0].Confidence, candidates);
    }

    /// <summary>Numbers of the likeliest classes; the lower number first among equals.</summary>
    private static IEnumerable<int> Best(float[] probabilities, int count) => count == 1
        ? [Array.IndexOf(probabilities, probabilities.Max())]
        : Enumerable.Range(0, probabilities.Length).OrderByDescending(index => probabilities[index]).Take(count);
}
