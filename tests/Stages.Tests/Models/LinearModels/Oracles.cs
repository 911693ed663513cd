using System.Text.Json.Nodes;
using Pipelines.Stages.Models.LinearModels;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Models.LinearModels;

/// <summary>A few sentences and what scikit-learn makes of them (<c>oracles.py</c>).</summary>
internal static class Oracles
{
    private static readonly JsonNode All = JsonNode.Parse(File.ReadAllText(Path.Combine(Golden.FolderOf(), "oracles.json")))!;

    public static string[] Training { get; } = Texts("training");

    public static string[] Test { get; } = Texts("test");

    public static Vocabulary Words { get; } = Vocabulary.Fit(Training, new());

    public static JsonNode Of(string name) => All[name]!;

    public static string[] Texts(string name) => [.. All[name]!.AsArray().Select(text => (string)text!)];

    public static double[][] Matrix(JsonNode rows) =>
        [.. rows.AsArray().Select(row => row!.AsArray().Select(cell => (double)cell!).ToArray())];

    /// <summary>The training texts by counts or TF-IDF, with the labels of this name.</summary>
    public static FeatureRows Rows(TfidfWeights? tfidf, string labels = "labels")
    {
        int[] targets = [.. All[labels]!.AsArray().Select(label => (int)label!)];
        return new([.. Training.Select(text => Features(text, tfidf))], targets, Words.Words.Count, targets.Max() + 1);
    }

    public static SparseRow Features(string text, TfidfWeights? tfidf) =>
        tfidf is null ? Words.Count(text) : tfidf.Apply(Words.Count(text));

    public static TfidfWeights Tfidf(bool smooth = true, bool sublinear = false) =>
        TfidfWeights.Fit([.. Training.Select(Words.Count)], Words.Words.Count, smooth, sublinear);

    /// <summary>A model that predicts with these weights.</summary>
    public static LinearModel Model(LinearWeights weights, TfidfWeights? tfidf) => new(
        new("test", weights.Intercepts.Length, Ngrams: 1, tfidf?.Sublinear ?? false, Words.Words),
        Array.ConvertAll(weights.Intercepts, value => (float)value), Array.ConvertAll(weights.Coefficients, value => (float)value), tfidf);

    public static void Near(double[] expected, IEnumerable<double> actual, double tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
