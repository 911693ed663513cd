using System.Globalization;
using Pipelines.Stages.Measures;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>The measures of each model and the tests of each pair.</summary>
internal sealed record Comparison(int Rows, IReadOnlyList<ModelMeasures> Models, IReadOnlyList<ModelPair> Pairs)
{
    private const int WithF1 = 3;

    /// <param name="withF1">Measures F1 too.</param>
    public static Comparison Of(PairedPredictions paired, bool withF1, Bootstrap bootstrap, double confidence,
        CancellationToken cancellation)
    {
        var each = withF1 ? WithF1 : 1;
        var values = Measured(paired, withF1, [.. Enumerable.Range(0, paired.Rows)]);
        var samples = bootstrap.Run(paired.Rows, values.Length, rows => Measured(paired, withF1, rows), cancellation);
        var pairs = PairsOf(paired, each, values, samples, confidence);
        // Computing an interval sorts the samples of a model; the tests of pairs need them in the order in which they were drawn, so they
        // come first.
        var intervals = values.Zip(samples, (value, sample) => Interval.Percentile(value, sample, confidence)).ToArray();
        var models = Enumerable.Range(0, paired.Models)
            .Select(model => new ModelMeasures(model, intervals[(model * each)..((model + 1) * each)])).ToList();
        return new(paired.Rows, models, pairs);
    }

    /// <summary>By model: accuracy, and macro and weighted F1 where they are wanted.</summary>
    private static double[] Measured(PairedPredictions paired, bool withF1, int[] rows)
    {
        var values = new double[paired.Models * (withF1 ? WithF1 : 1)];
        for (var model = 0; model < paired.Models; model++)
            if (!withF1)
                values[model] = LabelScores.AccuracyOf(paired.Correct[model], rows);
            else
                (values[model * WithF1], values[(model * WithF1) + 1], values[(model * WithF1) + 2]) =
                    LabelScores.Of(paired.Labels, paired.Predicted[model], paired.Correct[model], paired.Names.Count, rows);
        return values;
    }

    private static List<ModelPair> PairsOf(PairedPredictions paired, int each, double[] values, double[][] samples, double confidence)
    {
        List<ModelPair> pairs = [];
        for (var first = 0; first < paired.Models; first++)
            for (var second = first + 1; second < paired.Models; second++)
            {
                var differences = Enumerable.Range(0, each)
                    .Select(measure => Difference((first * each) + measure, (second * each) + measure)).ToArray();
                pairs.Add(new(first, second, McNemar.Of(paired.Correct[first], paired.Correct[second]), differences));
            }
        var corrected = Holm.Corrected([.. pairs.Select(pair => pair.Test.PValue)]);
        return [.. pairs.Select((pair, i) => pair with { Corrected = corrected[i], IsSignificant = corrected[i] < 1 - confidence })];

        Interval Difference(int first, int second) => Interval.Percentile(
            values[second] - values[first], [.. samples[second].Zip(samples[first], (b, a) => b - a)], confidence);
    }
}

/// <param name="Intervals">Of accuracy, and of macro and weighted F1 where they are measured.</param>
internal sealed record ModelMeasures(int Model, IReadOnlyList<Interval> Intervals)
{
    public static IReadOnlyList<string> Names { get; } = ["accuracy", "macro_f1", "weighted_f1"];

    public string Name => PairedPredictions.NameOf(Model);

    public double Accuracy => Intervals[0].Value;
}

/// <param name="Differences">Second less first, measure by measure.</param>
internal sealed record ModelPair(int First, int Second, McNemar Test, IReadOnlyList<Interval> Differences)
{
    /// <summary>The p-value after Holm's correction over all pairs.</summary>
    public double Corrected { get; init; }

    public bool IsSignificant { get; init; }

    public string FirstName => PairedPredictions.NameOf(First);

    public string SecondName => PairedPredictions.NameOf(Second);

    private string Probability => Corrected < 0.0001 ? "p < 0.0001" : FormattableString.Invariant($"p = {Corrected:0.####}");

    public string Sentence => string.Create(CultureInfo.InvariantCulture,
        $"{SecondName} − {FirstName}: accuracy {Differences[0].Value:+0.0000;-0.0000;0} [{Differences[0].Low:0.0000}, " +
            $"{Differences[0].High:0.0000}], {Probability} " +
            $"({(IsSignificant ? "significant" : "not significant")})");
}
