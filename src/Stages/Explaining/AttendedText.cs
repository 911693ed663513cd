using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>A text with what a network looked at while it predicted, by the words as they stand there.</summary>
/// <param name="Units">The words, and which tokens belong to them.</param>
/// <param name="Lookers">What looked: characters written, or layers from the first one on, and at last all layers together.</param>
/// <param name="Weights">Words x lookers.</param>
/// <param name="Outside">What each looker gave to what is no word: special tokens, padding.</param>
internal sealed record AttendedText(
    LabelledInput Row, TextAttention Attention, WordUnits Units, IReadOnlyList<string> Lookers, double[][] Weights, double[] Outside)
{
    /// <summary>Name of the looker that stands for all layers.</summary>
    public const string Rollout = "rollout";

    /// <summary>How much the prediction looked at each word in all.</summary>
    public required double[] ByWord { get; init; }

    /// <summary>The words as they stand in the text.</summary>
    public string[] Words() => [.. Units.Places.Select(word => Row.Text.Substring(word.Start, word.Length))];

    /// <summary>The word that a looker looked at most; null: at none.</summary>
    public int? CarrierOf(int looker) => Most(Weights.Select(word => word[looker]));

    /// <summary>The word that carries the prediction.</summary>
    public int? Carrier => Most(ByWord);

    /// <param name="units">The words that the tokens belong to.</param>
    public static AttendedText Of(LabelledInput row, TextAttention attention, WordUnits units)
    {
        var rows = attention.Written is not null
            ? attention.Layers[0].Mean()
            : [.. attention.Layers.Select(layer => layer.Mean()[0]), attention.ByToken()];
        var sums = Array.ConvertAll(rows, units.Sum);
        return new(
            row, attention, units,
            attention.Written ?? [.. attention.Layers.Select((_, layer) => $"{layer + 1}"), Rollout],
            [.. units.Places.Select((_, word) => Array.ConvertAll(sums, sum => sum.Scores[word]))],
            Array.ConvertAll(sums, sum => Math.Max(0, 1 - sum.Scores.Sum())))
        {
            ByWord = units.Sum(attention.ByToken()).Scores,
        };
    }

    private static int? Most(IEnumerable<double> weights)
    {
        var (best, most) = ((int?)null, 0.0);
        foreach (var (word, weight) in weights.Index())
            if (weight > most)
                (best, most) = (word, weight);
        return best;
    }
}
