using Pipelines.Stages.Measures;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>The measures of each model over the folds, and the tests of each pair.</summary>
/// <param name="Rows">Of each fold.</param>
internal sealed record FoldComparison(
    IReadOnlyList<int> Rows, IReadOnlyList<FoldedModel> Models, IReadOnlyList<FoldedPair> Pairs, double Confidence)
{
    private static readonly Func<LabelScores, double>[] Measures =
        [scores => scores.Accuracy, scores => scores.MacroF1, scores => scores.WeightedF1];

    public static FoldComparison Of(FoldPredictions predictions, bool withF1, double confidence)
    {
        List<FoldedModel> models = [.. predictions.Experiments.Select(experiment =>
        {
            double[][] folds = [.. Measures.Take(withF1 ? Measures.Length : 1)
                .Select(measure => experiment.ByFold(predictions.Labels, measure))];
            return new FoldedModel(experiment.Name, folds, [.. folds.Select(Resampled.Of)]);
        })];
        List<FoldedPair> pairs = [];
        for (var first = 0; first < models.Count; first++)
            for (var second = first + 1; second < models.Count; second++)
                pairs.Add(new(first, second, Resampled.Of([.. models[second].Folds[0].Zip(models[first].Folds[0], (b, a) => b - a)])));
        var corrected = Holm.Corrected([.. pairs.Select(pair => pair.Difference.PValue)]);
        return new(predictions.Rows, models,
            [.. pairs.Select((pair, i) => pair with { Corrected = corrected[i], IsSignificant = corrected[i] < 1 - confidence })],
            confidence);
    }

    /// <summary>The numbers by name: models count from 1, in the order they are given.</summary>
    public IReadOnlyDictionary<string, double> MetricsOf(string split)
    {
        Dictionary<string, double> metrics = new() { [$"{split}.rows"] = Rows.Sum(), [$"{split}.folds"] = Rows.Count };
        for (var model = 0; model < Models.Count; model++)
            for (var i = 0; i < Models[model].Measures.Count; i++)
                Add(FormattableString.Invariant($"{split}.model_{model + 1}.{ModelMeasures.Names[i]}"), Models[model].Measures[i]);
        foreach (var pair in Pairs)
        {
            var name = FormattableString.Invariant($"{split}.model_{pair.Second + 1}_minus_{pair.First + 1}");
            Add($"{name}.accuracy", pair.Difference);
            metrics[$"{name}.p_value"] = pair.Difference.PValue;
            metrics[$"{name}.p_value_corrected"] = pair.Corrected;
        }
        return metrics;

        void Add(string name, Resampled measure) =>
            (metrics[name], metrics[$"{name}_deviation"], metrics[$"{name}_low"], metrics[$"{name}_high"]) =
                (measure.Mean, measure.Deviation, measure.IntervalAt(Confidence).Low, measure.IntervalAt(Confidence).High);
    }
}

/// <param name="Folds">By measure and fold.</param>
/// <param name="Measures">Accuracy, and macro and weighted F1 where they are measured.</param>
internal sealed record FoldedModel(string Name, IReadOnlyList<double[]> Folds, IReadOnlyList<Resampled> Measures)
{
    public Resampled Accuracy => Measures[0];
}

/// <param name="Difference">Of accuracy, second less first, fold by fold.</param>
internal sealed record FoldedPair(int First, int Second, Resampled Difference)
{
    /// <summary>The p-value after Holm's correction over all pairs.</summary>
    public double Corrected { get; init; }

    public bool IsSignificant { get; init; }
}
