using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Every method on texts at the edges, for models of every family.</summary>
public sealed class OddTextsTests : IDisposable
{
    private static readonly string[] Texts =
    [
        "", "  \t\n ", "fracture", "zzz qqq", "fracture fracture", "🙂🙂 ☢️ 👨‍👩‍👧",
        "הטקסט نص عربي fracture?!… «»", "a\0b \ud800 e\u0301te\u0301 ﬁn",
    ];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("lstm")]
    [InlineData("seq2seq")]
    [InlineData("transformer")]
    [InlineData("naive-bayes")]
    public async Task Odd_texts_are_explained_and_equal_seeds_say_the_same(string family)
    {
        var (_, model) = await _run.TrainAsync(family, Rows());
        foreach (var method in Methods(family))
        {
            var first = Explained(method, (Model)model, ExplainedLabels.Every, Texts);
            foreach (var text in first)
                IsSound(method, text);
            Assert.Equal(Printed(first), Printed(Explained(method, (Model)model, ExplainedLabels.Every, Texts)));
        }
    }

    /// <summary>Ten thousand words, most of them different.</summary>
    [Theory]
    [InlineData("lstm")]
    [InlineData("transformer")]
    [InlineData("naive-bayes")]
    public async Task A_very_long_text_is_explained(string family)
    {
        var text = string.Join(' ', Enumerable.Range(0, 10_000).Select(i => i % 7 == 0 ? "bras" : $"w{i}"));
        var (_, model) = await _run.TrainAsync(family, Rows());
        foreach (var method in Methods(family).DistinctBy(method => method.Name))
            IsSound(method, Assert.Single(Explained(method, (Model)model, ExplainedLabels.Predicted, [text])));
    }

    private static IEnumerable<ExplanationMethod> Methods(string family)
    {
        yield return new ExplanationMethod.Lime(Samples: 20, Words: 3);
        foreach (var shap in new[] { ShapMethod.Auto, ShapMethod.Kernel, ShapMethod.Partition })
            yield return new ExplanationMethod.Shap(shap, 30);
        if (family != "naive-bayes")
            yield return new ExplanationMethod.IntegratedGradients(Steps: 8);
        if (family is "seq2seq" or "transformer")
            yield return new ExplanationMethod.Attention();
    }

    private static IReadOnlyList<Explanation> Explained(
        ExplanationMethod method, Model model, ExplainedLabels labels, IEnumerable<string> texts)
    {
        using var predictor = Predictor.Load(model, new(Threads: 2));
        return method.Of(predictor, new(labels, Seed: 7, Threads: 2))
            .Explain([.. texts.Select(text => new LabelledInput("test", text, "A", predictor.Encode(text), []))],
                _ => { }, default);
    }

    /// <summary>Its words stand in the text one after the other, and its numbers are numbers that add up where they should.</summary>
    private static void IsSound(ExplanationMethod method, Explanation text)
    {
        Assert.NotEmpty(text.Labels);
        var from = 0;
        foreach (var word in text.Words)
        {
            Assert.InRange(word.Start, from, text.Row.Text.Length - word.Length);
            from = word.End;
        }
        foreach (var label in text.Labels)
        {
            Assert.Equal(text.Words.Count, label.Scores.Length);
            Assert.All([.. label.Scores, label.Base, label.Output, label.Delta, .. label.Measures.Values],
                value => Assert.True(double.IsFinite(value)));
            if (method is ExplanationMethod.Shap)
                Assert.Equal(0, label.Delta, 1e-6);
        }
        Assert.Equal(text.Words.Count, text.ToFigureRow(text.Main).Tokens.Count);
    }

    private static string Printed(IReadOnlyList<Explanation> texts) =>
        JsonSerializer.Serialize(texts.Select(text => new { text.Words, text.Labels, text.Prediction.Label, text.Prediction.Confidence }));

    /// <summary>One class has a single row, and is never predicted.</summary>
    private static (string Split, string Text, string Label)[] Rows() =>
    [
        ("train", "dos", "C"),
        .. Enumerable.Range(0, 60).Select(i => (i < 50 ? "train" : "validation", i % 2 == 0 ? "fracture du bras" : "plaie de la main",
            i % 2 == 0 ? "A" : "B")),
    ];
}
