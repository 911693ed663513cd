using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>The losses of heads side by side: cross-entropy for classes, the mean squared error for numbers; their weighted sum.</summary>
/// <param name="classes">Of each head; null: it gives a number.</param>
internal sealed class HeadLosses(IReadOnlyList<Head> heads, IReadOnlyList<ClassLoss?> classes)
{
    /// <param name="outputs">Of each head (rows x classes, rows x 1 for a number).</param>
    /// <param name="targets">Of each head.</param>
    public BatchResult Of(
        IReadOnlyList<Tensor> outputs, IReadOnlyList<float[]> targets, bool isTraining, IReadOnlyList<EmbeddingLookup> gathered)
    {
        List<KeyValuePair<string, Tensor>> measures = [];
        Tensor? sum = null;
        BatchResult? first = null;
        for (var i = 0; i < heads.Count; i++)
        {
            var (result, measure) = classes[i] is { } loss
                ? OfClasses(loss.Of(outputs[i], Array.ConvertAll(targets[i], target => (int)target), isTraining, gathered))
                : OfNumber(outputs[i], targets[i], gathered);
            first ??= result;
            measures.AddRange(heads[i].Measures.Zip([result.Loss.detach(), measure], KeyValuePair.Create));
            sum = sum is null ? result.Loss.Times(heads[i].Weight) : sum.Plus(result.Loss.Times(heads[i].Weight));
        }
        return first! with { Loss = sum!, Further = measures };
    }

    private static (BatchResult Result, Tensor Measure) OfClasses(BatchResult result) =>
        (result, result.Correct.to_type(ScalarType.Float32).Over(result.Count));

    private static (BatchResult Result, Tensor Measure) OfNumber(
        Tensor outputs, float[] targets, IReadOnlyList<EmbeddingLookup> gathered)
    {
        var errors = outputs.reshape(-1) - Numbers.Of(targets, [targets.Length], outputs.device);
        return (new((errors * errors).mean(), zeros(1), targets.Length, gathered), errors.detach().abs().mean());
    }
}
