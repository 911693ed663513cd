using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>The probabilities that a model gives to labels, of many texts at once; texts that are equal are read once.</summary>
internal sealed class TextScorer(Predictor predictor, int threads)
{
    // Bounds what is in memory of models with thousands of classes.
    private const int ChunkSize = 2_048;

    // And of variants of long texts.
    private const int MaxCharacters = 16_000_000;

    /// <summary>Of variants of one text.</summary>
    /// <param name="masks">Of each variant, which features are kept.</param>
    /// <returns>For each variant a probability a label.</returns>
    public double[][] Of(
        MaskableText text, IReadOnlyList<bool[]> masks, IReadOnlyList<string> labels, CancellationToken cancellation) =>
    [
        .. masks.Chunk(Math.Max(1, MaxCharacters / Math.Max(1, text.Length)))
            .SelectMany(part => Of(Array.ConvertAll(part, mask => text.Kept(mask)), labels, cancellation)),
    ];

    private double[][] Of(string[] texts, IReadOnlyList<string> labels, CancellationToken cancellation)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        List<string> different = [];
        var placeOfText = new int[texts.Length];
        for (var i = 0; i < placeOfText.Length; i++)
        {
            if (!places.TryGetValue(texts[i], out var place))
            {
                places.Add(texts[i], place = different.Count);
                different.Add(texts[i]);
            }
            placeOfText[i] = place;
        }
        List<double[]> scores = [];
        foreach (var chunk in different.Chunk(ChunkSize))
            scores.AddRange(predictor.LabelProbabilities(Encode(chunk, cancellation), labels, cancellation));
        return Array.ConvertAll(placeOfText, place => scores[place]);
    }

    private ModelInput[] Encode(string[] texts, CancellationToken cancellation)
    {
        var inputs = new ModelInput[texts.Length];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, texts.Length, parallel, i => inputs[i] = predictor.Encode(texts[i]));
        return inputs;
    }
}
