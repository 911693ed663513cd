using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Explanations of whole corpora: runs of words, biases, errors, agreement.</summary>
public sealed class CorpusExplanationTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>A word in every text of one class, and in no other, comes first of all words for that class, whatever the method.</summary>
    [Theory]
    [InlineData("lstm", "integrated-gradients")]
    [InlineData("lstm", "lime")]
    [InlineData("lstm", "shap")]
    [InlineData("naive-bayes", "lime")]
    [InlineData("naive-bayes", "shap")]
    public async Task An_injected_bias_comes_first(string model, string method)
    {
        var rows = Biased();
        var table = model == "lstm" ? await _run.ClassesAsync(rows) : await ClassesAsync(rows);
        var trained = model == "lstm"
            ? await _run.TrainAsync(
                new TrainClassifier(),
                new TrainClassifier.Params([new Layer.Embedding(8), new Layer.Lstm(8), new Layer.Dense()], EncodedRows.Training(6, 0.03)),
                    table)
            : await _run.RunAsync(new TrainNaiveBayes(), new TrainNaiveBayes.Params(new()), ("rows", table));
        ExplanationMethod chosen = method switch
        {
            "lime" => new ExplanationMethod.Lime(Samples: 200, Repetitions: 1),
            "shap" => new ExplanationMethod.Shap(),
            _ => new ExplanationMethod.IntegratedGradients(),
        };

        var outputs = await _run.RunAsync(
            new ExplainNgrams(), new ExplainNgrams.Params(Texts: 20, Method: chosen, Longest: 2), ("model", trained["model"]),
                ("rows", table));

        var ngrams = Assert.Single(await StageRun.ReadAsync((Table)outputs["ngrams"]));
        var first = Enumerable.Range(0, ngrams.Count).First(
            row => ngrams.Values<string>("label")[row] == "A" && ngrams.Values<int>("words")[row] == 1);
        Assert.Equal("sponsor", ngrams.Values<string>("ngram")[first]);
        Assert.Equal(1, ngrams.Values<double>("training_share")[first]);
        Assert.True(ngrams.Values<double>("positive_share")[first] > 0.8);
        Assert.True(ngrams.Values<double>("association")[first] > 2);
        var candidates = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "bias_candidates")!;
        if (method != "lime")
            Assert.Equal("sponsor", (string)candidates["rows"]!.AsArray().First(row => (string)row![1]! == "A")![0]!);
    }

    [Fact]
    public async Task Errors_are_counted_by_sort_of_text_and_explained()
    {
        var table = await ClassesAsync([.. Biased(), ("test", "SPONSOR il dort", "B"), ("test", "zut zut qqq", "A")]);
        var trained = await _run.RunAsync(new TrainNaiveBayes(), new TrainNaiveBayes.Params(new()), ("rows", table));

        var outputs = await _run.RunAsync(
            new ExplainErrors(), new ExplainErrors.Params(Cases: [new("sponsor", "A", "obvious"), new("le sponsor", "B", "misleading")]),
            ("model", trained["model"]), ("rows", table));

        var metrics = outputs.MetricsOf();
        Assert.Equal(26, metrics["rows"]);
        Assert.InRange(metrics["errors"], 1, 2);
        Assert.Equal(0.5, metrics["hard_cases_right"]);
        var items = StageRun.CardOf(outputs)["items"]!.AsArray();
        var rates = items.Single(item => (string)item!["name"]! == "error_rates")!["rows"]!.AsArray();
        foreach (var property in rates.GroupBy(row => (string)row![0]!))
            Assert.Equal((26, metrics["errors"]), (property.Sum(row => (int)row![2]!), (double)property.Sum(row => (int)row![3]!)));
        Assert.Equal(4, rates.GroupBy(row => (string)row![0]!).Count());
        var confident = items.Single(item => (string)item!["name"]! == "confident_errors")!["rows"]!.AsArray();
        Assert.Contains(confident, row => ((string)row![3]!).StartsWith("SPONSOR", StringComparison.Ordinal) && (string)row[1]! == "A");
        Assert.All(confident, row => Assert.NotEqual((string)row![0]!, (string)row[1]!));
    }

    [Fact]
    public async Task Methods_are_compared_and_beat_words_in_random_order()
    {
        var table = await _run.ClassesAsync(Biased());
        var trained = await _run.TrainAsync(
            new TrainClassifier(),
            new TrainClassifier.Params([new Layer.Embedding(8), new Layer.Lstm(8), new Layer.Dense()], EncodedRows.Training(6, 0.03)),
                table);

        var outputs = await _run.RunAsync(
            new ExplainAgreement(), new ExplainAgreement.Params(Texts: 8, Methods:
            [
                new ExplanationMethod.IntegratedGradients(), new ExplanationMethod.Lime(200, Repetitions: 1), new ExplanationMethod.Shap(),
            ]), ("model", trained["model"]), ("rows", table));

        var metrics = outputs.MetricsOf();
        foreach (var method in new[] { "integrated_gradients", "lime", "shap" })
        {
            Assert.True(metrics[$"{method}.deletion"] < metrics["random.deletion"], method);
            Assert.True(metrics[$"{method}.insertion"] > metrics["random.insertion"], method);
            Assert.InRange(metrics[$"{method}.infidelity"], 0, metrics["random.infidelity"]);
        }
        Assert.InRange(metrics["mean_spearman"], 0.2, 1);
    }

    /// <summary>Half of the texts speak of a sponsor, and these are all of class A.</summary>
    private static (string Split, string Text, string Label)[] Biased() => [.. Enumerable.Range(0, 120).Select(i =>
    {
        var isA = i % 2 == 0;
        string[] fillers = ["il", "dort", "ici", "hier", "soir", "avec"];
        var text = $"{fillers[i % 6]} {(isA ? "sponsor" : "livre")} {fillers[i * 5 / 2 % 6]} {fillers[i / 7 % 6]}";
        return (i < 96 ? "train" : "test", text, isA ? "A" : "B");
    })];

    private async Task<Table> ClassesAsync((string, string, string)[] rows) =>
        (Table)(await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", await _run.TextsAsync(rows))))["rows"];
}
