using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>What several methods say of the same texts, as a table, measures and a card.</summary>
/// <param name="top">How many of the heaviest words are compared.</param>
internal sealed class ComparedMethods(IReadOnlyList<ComparedText> texts, int top)
{
    public const string Method = "method", Deletion = "deletion", Insertion = "insertion", Infidelity = "infidelity",
        MaxSensitivity = "max_sensitivity";

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
            new Values<double>(MaxSensitivity, [.. rows.Select(row => row.Result.MaxSensitivity ?? double.NaN)]),
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
            // Texts without a word have no neighbour that lacks one.
            var sensitivities = texts.Select(text => text.Methods[i].MaxSensitivity).OfType<double>().ToList();
            if (sensitivities.Count > 0)
                metrics[$"{Key(i)}.{MaxSensitivity}"] = sensitivities.Average();
        }
        if (_methods.Count > 1)
        {
            var pairs = Pairs().ToList();
            // Of a text of one word there is no order that methods could agree on.
            var spearman = pairs.Select(pair => MeanOf(pair.First, pair.Second, ScoreAgreement.Spearman)).Where(double.IsFinite).ToList();
            if (spearman.Count > 0)
                metrics["mean_spearman"] = spearman.Average();
            metrics["mean_overlap"] = pairs.Average(pair => MeanOf(pair.First, pair.Second, Overlap));
        }
        return metrics;
    }

    /// <param name="shown">Of how many texts the methods are shown side by side.</param>
    public IReadOnlyList<CardItem> ToCard(int shown) =>
    [
        Methods(),
        Curves("deletion_curve", faithfulness => faithfulness.Deletion),
        Curves("insertion_curve", faithfulness => faithfulness.Insertion),
        Agreement("spearman", ScoreAgreement.Spearman),
        Agreement("overlap", Overlap),
        .. SideBySide([.. texts.Where(text => text.Words.Count > 0).Take(shown)]),
    ];

    private Grid Methods()
    {
        var metrics = Metrics();
        string[] measures = [Deletion, Insertion, Infidelity, MaxSensitivity];
        return new("methods", [new(Method), .. measures.Select(measure => new GridColumn(measure))],
            [.. _methods.Select((_, i) => Row(Key(i), Key(i))), Row("random", Random)]);

        IReadOnlyList<object?> Row(string key, string name) =>
            [name, .. measures.Select(measure => metrics.TryGetValue($"{key}.{measure}", out var value) ? value : (object?)null)];
    }

    private double Overlap(double[] first, double[] second) => ScoreAgreement.Overlap(first, second, top);

    private string Key(int method) => _methods[method].Replace('-', '_');

    private double Mean(int method, Func<MethodResult, double> value) => texts.Average(text => value(text.Methods[method]));

    /// <summary>Over the texts that have such a number; not a number where none has.</summary>
    private double MeanOf(int first, int second, Func<double[], double[], double> agreement) =>
        texts.Select(text => agreement(text.Methods[first].Scores, text.Methods[second].Scores))
            .Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

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
        new(name, Method, Method, [.. _methods.Select((_, i) => Key(i))], [.. _methods.Select((_, i) => Key(i))],
        [.. _methods.Select((_, first) => (IReadOnlyList<double>)[.. _methods.Select((_, second) => MeanOf(first, second, agreement))])]);

    private IEnumerable<CardItem> SideBySide(IReadOnlyList<ComparedText> shown)
    {
        if (shown.Count > 0)
            yield return new TokensFigure("side_by_side",
            [
                .. from text in shown
                   from method in Enumerable.Range(0, _methods.Count)
                   let scores = text.Methods[method].Scores
                   select (text.First with { Words = text.Words }).ToFigureRow(text.First.Main with { Scores = scores })
                       with { Delta = null, Method = Key(method) },
            ]);
    }
}
