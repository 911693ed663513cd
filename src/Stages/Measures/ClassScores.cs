namespace Pipelines.Stages.Measures;

/// <summary>Precision, recall and F1 of one class, or an average of them; 0 where nothing can be divided, as scikit-learn's
/// <c>zero_division=0</c>.</summary>
/// <param name="Support">How many rows have the class.</param>
/// <param name="Predicted">How many rows were given the class: without any its precision is undefined.</param>
internal readonly record struct ClassScores(double Precision, double Recall, double F1, long Support, long Predicted)
{
    public double? DefinedPrecision => Predicted == 0 ? null : Precision;

    public double? DefinedRecall => Support == 0 ? null : Recall;

    public static ClassScores Of(long hits, long predicted, long support) => new(
        Share(hits, predicted), Share(hits, support), F1Of(hits, predicted, support), support, predicted);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public static double F1Of(long hits, long predicted, long support) => Share(2 * hits, predicted + support);

    /// <summary>Mean of the scores, F1 included: not the F1 of the means.</summary>
    public static ClassScores Mean(IReadOnlyCollection<ClassScores> scores) => Average(scores, _ => 1);

    /// <summary>Mean weighted by the number of true rows.</summary>
    public static ClassScores WeightedMean(IReadOnlyCollection<ClassScores> scores) => Average(scores, score => score.Support);

    private static ClassScores Average(IReadOnlyCollection<ClassScores> scores, Func<ClassScores, double> weight)
    {
        var total = scores.Sum(weight);
        return new(
            Over(scores.Sum(score => weight(score) * score.Precision)),
            Over(scores.Sum(score => weight(score) * score.Recall)),
            Over(scores.Sum(score => weight(score) * score.F1)),
            scores.Sum(score => score.Support),
            scores.Sum(score => score.Predicted));

        double Over(double sum) => total == 0 ? 0 : sum / total;
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : part / (double)whole;
}
