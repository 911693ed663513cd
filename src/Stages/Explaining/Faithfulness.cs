using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining.Perturbation;

namespace Pipelines.Stages.Explaining;

/// <summary>Whether words that are said to speak for a label do.</summary>
/// <param name="Deletion">The score after the first 0, 1/n … n/n of the words are taken out, the weightiest first.</param>
/// <param name="Insertion">The score when only these words are there.</param>
/// <param name="Infidelity">
/// Of random sets of words taken out, the mean squared distance between the sum of their scores and what the model's score loses, after the
/// best common factor as its authors take it (Yeh et al. 2019), as a share of the mean squared loss: 0 is best, 1 says no more than nothing
/// at all.
/// </param>
internal sealed record Faithfulness(double[] Deletion, double[] Insertion, double Infidelity)
{
    /// <summary>Parts into which the words are cut for the curves.</summary>
    public const int Steps = 10;

    private const int RandomSets = 30;

    /// <summary>Mean height of a curve, by the trapezoid rule.</summary>
    public static double Area(double[] curve) => (curve.Sum() - ((curve[0] + curve[^1]) / 2)) / (curve.Length - 1);

    /// <param name="scores">What the words are said to contribute.</param>
    /// <param name="model">What it gives to variants of the text, for one class.</param>
    public static Faithfulness Of(double[] scores, MaskedScores model, SeededRandom random)
    {
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(word => scores[word]).ToArray();
        var removed = Enumerable.Range(0, Steps + 1).Select(step => (int)Math.Round(step * scores.Length / (double)Steps)).ToList();
        List<bool[]> masks =
        [
            .. removed.Select(count => Mask(order[..count], kept: false)),
            .. removed.Select(count => Mask(order[..count], kept: true)),
            .. Enumerable.Range(0, RandomSets).Select(_ => Array.ConvertAll(scores, _ => random.NextDouble() < 0.5)),
        ];
        double[] given = [.. model(masks).Select(row => row[0])];
        var (deletion, insertion) = (given[..(Steps + 1)], given[(Steps + 1)..(2 * (Steps + 1))]);
        return new(deletion, insertion, InfidelityOf(scores, masks[(2 * (Steps + 1))..], given[(2 * (Steps + 1))..], deletion[0]));

        bool[] Mask(int[] chosen, bool kept)
        {
            var mask = ShapleyResult.Mask(scores.Length, !kept);
            foreach (var word in chosen)
                mask[word] = kept;
            return mask;
        }
    }

    private static double InfidelityOf(double[] scores, List<bool[]> masks, double[] given, double whole)
    {
        var sums = masks.ConvertAll(mask => scores.Where((_, word) => !mask[word]).Sum());
        double[] losses = [.. given.Select(value => whole - value)];
        var squares = losses.Sum(loss => loss * loss);
        // Of a score that never changes, nothing can be missed.
        if (squares == 0)
            return 0;
        var (product, own) = (sums.Zip(losses, (sum, loss) => sum * loss).Sum(), sums.Sum(sum => sum * sum));
        var factor = own == 0 ? 0 : Math.Max(0, product / own);
        return sums.Zip(losses, (sum, loss) => (factor * sum) - loss).Sum(miss => miss * miss) / squares;
    }
}
