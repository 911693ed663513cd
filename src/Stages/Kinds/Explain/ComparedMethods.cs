using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>What several methods say of the same texts, as a table, measures and a card.</summary>
/// <param name="top">How many of the heaviest words are compared.</param>
internal sealed class ComparedMethods(IReadOnlyList<ComparedText> texts, int top)
{
    public const string Method = "method", Deletion = "deletion", Insertion = "insertion", Infidelity = "infidelity",
        Sensitivity = "sensitivity";

    // The key of words in random order, which no method is.
    private const string Random = "random_order";

    private readonly List<string> _methods = [.. texts[0].Methods.Select(method => method.Method)];

    public RowBatch ToBatch()
    {
        var rows = texts.SelectMany(text => text.Methods.Select(method => (Text: text, Result: method))).ToList();
        return new(rows.Count,
        [
            new Values<string>(Columns.Text, [.. rows.Select(row => row.Text.First.Row.Text)]),
            new Values<string>(Columns.Label, [.. rows.Select(row => row.Text.First.Row.Label)]),
            new Values<string>(Columns.Predicted, [.. rows.Select(row => row.Text.First.Prediction.Label)]),
            new Values<double>(Columns.Confidence, [.. rows.Select(row => row.Text.First.Prediction.Confidence)]),
            new Values<string>(Method, [.. rows.Select(row => row.Result.Method)]),
            Lists.Of(ExplanationTable.Words, rows.Select(row => row.Text.Words.Select(
                word => row.Text.First.Row.Text.Substring(word.Start, word.Length)))),
            Lists.Of(ExplanationTable.Starts, rows.Select(row => row.Text.Words.Select(word => word.Start))),
            Lists.Of(Columns.Attributions, rows.Select(row => row.Result.Scores)),
            new Values<double>(Deletion, [.. rows.Select(row => Faithfulness.Area(row.Result.Faithfulness.Deletion))]),
            new Values<double>(Insertion, [.. rows.Select(row => Faithfulness.Area(row.Result.Faithfulness.Insertion))]),
            new Values<double>(Infidelity, [.. rows.Select(row => row.Result.Faithfulness.Infidelity)]),
            new Values<double>(Sensitivity, [.. rows.Select(row => row.Result.Sensitivity)]),
        ]);
    }

    /// <summary>Means over the texts, by method (<c>lime.deletion</c>) and of all pairs of methods.</summary>
    public SortedDictionary<string, double> Metrics()
    {
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal)
        {
            ["texts"] = texts.Count,
            [$"random.{Deletion}"] = texts.Average(text => Faithfulness.Area(text.Random.Deletion)),
            [$"random.{Insertion}"] = texts.Average(text => Faithfulness.Area(text.Random.Insertion)),
            [$"random.{Infidelity}"] = texts.Average(text => text.Random.Infidelity),
        };
        for (var i = 0; i < _methods.Count; i++)
        {
            metrics[$"{Key(i)}.{Deletion}"] = Mean(i, result => Faithfulness.Area(result.Faithfulness.Deletion));
            metrics[$"{Key(i)}.{Insertion}"] = Mean(i, result => Faithfulness.Area(result.Faithfulness.Insertion));
            metrics[$"{Key(i)}.{Infidelity}"] = Mean(i, result => result.Faithfulness.Infidelity);
            metrics[$"{Key(i)}.{Sensitivity}"] = Mean(i, result => result.Sensitivity);
        }
        if (_methods.Count > 1)
        {
            var pairs = Pairs().ToList();
            metrics["mean_spearman"] = pairs.Average(pair => MeanOf(pair.First, pair.Second, ScoreAgreement.Spearman));
            metrics["mean_overlap"] = pairs.Average(pair => MeanOf(pair.First, pair.Second, Overlap));
        }
        return metrics;
    }

    /// <param name="shown">Of how many texts the methods are shown side by side.</param>
    public IReadOnlyList<CardItem> ToCard(int shown) =>
    [
        new Grid("methods",
            [new(Method, ValueFormat.Code), new(Deletion), new(Insertion), new(Infidelity), new(Sensitivity)],
            [.. _methods.Select((name, i) => (IReadOnlyList<object?>)[name, Metrics()[$"{Key(i)}.{Deletion}"],
                Metrics()[$"{Key(i)}.{Insertion}"], Metrics()[$"{Key(i)}.{Infidelity}"], Metrics()[$"{Key(i)}.{Sensitivity}"]]),
                ["random", Metrics()[$"random.{Deletion}"], Metrics()[$"random.{Insertion}"], Metrics()[$"random.{Infidelity}"], null]]),
        Curves("deletion_curve", faithfulness => faithfulness.Deletion),
        Curves("insertion_curve", faithfulness => faithfulness.Insertion),
        Agreement("spearman", ScoreAgreement.Spearman),
        Agreement("overlap", Overlap),
        .. texts.Where(text => text.Words.Count > 0).Take(shown).Select(SideBySide),
    ];

    private double Overlap(double[] first, double[] second) => ScoreAgreement.Overlap(first, second, top);

    private string Key(int method) => _methods[method].Replace('-', '_');

    private double Mean(int method, Func<MethodResult, double> value) => texts.Average(text => value(text.Methods[method]));

    private double MeanOf(int first, int second, Func<double[], double[], double> agreement) =>
        texts.Average(text => agreement(text.Methods[first].Scores, text.Methods[second].Scores));

    private IEnumerable<(int First, int Second)> Pairs() => from first in Enumerable.Range(0, _methods.Count)
                                                            from second in Enumerable.Range(first + 1, _methods.Count - first - 1)
                                                            select (first, second);

    private LineFigure Curves(string name, Func<Faithfulness, double[]> curve)
    {
        double[] shares = [.. Enumerable.Range(0, Faithfulness.Steps + 1).Select(step => step / (double)Faithfulness.Steps)];
        return new(name, "share_of_words", "probability",
        [
            .. _methods.Select((_, i) => new LineSeries(
                Key(i), shares, MethodComparison.Mean(texts.Select(text => curve(text.Methods[i].Faithfulness))))),
            new(Random, shares, MethodComparison.Mean(texts.Select(text => curve(text.Random)))),
        ]);
    }

    private HeatmapFigure Agreement(string name, Func<double[], double[], double> agreement) =>
        new(name, Method, Method, _methods, _methods,
        [.. _methods.Select((_, first) => (IReadOnlyList<double>)[.. _methods.Select((_, second) => MeanOf(first, second, agreement))])]);

    private HeatmapFigure SideBySide(ComparedText text) => new("side_by_side", "word", Method,
        [.. text.Words.Select(word => text.First.Row.Text.Substring(word.Start, word.Length))], _methods,
        [.. text.Words.Select((_, word) => (IReadOnlyList<double>)[.. text.Methods.Select(method => Share(method.Scores, word))])]);

    private static double Share(double[] scores, int word)
    {
        var most = scores.Max(Math.Abs);
        return most == 0 ? 0 : scores[word] / most;
    }
}
