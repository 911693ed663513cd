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
    [InlineData("lstm", true)]
    [InlineData("transformer", true)]
    [InlineData("naive-bayes", false)]
    public async Task An_injected_bias_comes_first(string model, bool hasGradients)
    {
        // The encoder of the samples knows few words; there, nothing marks the other class.
        var (rows, injected) = model == "transformer"
            ? (Biased("main", "du", "du de la bras dos fracture"), "main") : (Biased(), "sponsor");
        var (table, trained) = await _run.TrainAsync(model, rows);
        ExplanationMethod[] methods = [new ExplanationMethod.Lime(Samples: 200, Repetitions: 1), new ExplanationMethod.Shap(),
            .. hasGradients ? new[] { new ExplanationMethod.IntegratedGradients() } : []];
        foreach (var method in methods)
            await IsFirstAsync(injected, method, trained, table);
    }

    private async Task IsFirstAsync(string injected, ExplanationMethod method, Artifact model, Table table)
    {
        var outputs = await _run.RunAsync(
            new ExplainNgrams(), new ExplainNgrams.Params(Texts: 20, Method: method, Longest: 2), ("model", model), ("rows", table));
        var ngrams = Assert.Single(await StageRun.ReadAsync((Table)outputs["ngrams"]));
        var first = Enumerable.Range(0, ngrams.Count).First(
            row => ngrams.Values<string>("label")[row] == "A" && ngrams.Values<int>("words")[row] == 1);
        Assert.Equal(injected, ngrams.Values<string>("ngram")[first]);
        Assert.Equal(1, ngrams.Values<double>("training_share")[first]);
        Assert.True(ngrams.Values<double>("positive_share")[first] > 0.8);
        Assert.True(ngrams.Values<double>("association")[first] > 2);
        var candidates = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "bias_candidates")!;
        if (method is not ExplanationMethod.Lime)
            Assert.Equal(injected, (string)candidates["rows"]!.AsArray().First(row => (string)row![1]! == "A")![0]!);
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

    /// <summary>A model that adds up, in which the words that are left keep what they had.</summary>
    [Fact]
    public async Task An_explanation_that_no_other_word_changes_has_no_sensitivity_and_a_text_without_words_none_at_all()
    {
        string[] words = ["il", "elle", "dort", "mange", "ici", "hier"];
        var table = await ClassesAsync([("validation", "", "B"), .. Enumerable.Range(0, 60).Select(i => (i < 50 ? "train" : "test",
            $"{words[i % 2]} {words[2 + (i / 2 % 2)]} {(i % 3 == 0 ? "bien" : "mal")} {words[4 + (i / 4 % 2)]}", i % 3 == 0 ? "A" : "B"))]);
        var trained = await _run.RunAsync(new TrainLogistic(), new TrainLogistic.Params(new()), ("rows", table));
        var linear = await CompareAsync("test", neighbours: 10);
        Assert.Equal(0, linear["shap.max_sensitivity"], 1e-9);
        // What a word adds to the probability depends on the others, that to the score of a linear model does not.
        Assert.True(linear["lime.max_sensitivity"] > 0.001);
        Assert.DoesNotContain("shap.max_sensitivity", (await CompareAsync("test", neighbours: 0)).Keys);
        var wordless = await ExplainAsync("validation", neighbours: 10);
        Assert.DoesNotContain("shap.max_sensitivity", wordless.MetricsOf().Keys);
        Assert.DoesNotContain("mean_spearman", wordless.MetricsOf().Keys);
        // A number that does not exist is none, and not a very good one.
        foreach (var batch in await StageRun.ReadAsync((Table)wordless["attributions"]))
            for (var row = 0; row < batch.Count; row++)
                Assert.Equal(double.NaN, batch.Values<double>("max_sensitivity")[row]);
        var methods = StageRun.CardOf(wordless)["items"]!.AsArray().Single(item => (string)item!["name"]! == "methods")!;
        Assert.All(methods["rows"]!.AsArray(), row => Assert.Null(row!.AsArray()[^1]));

        async Task<IReadOnlyDictionary<string, double>> CompareAsync(string split, int neighbours) =>
            (await ExplainAsync(split, neighbours)).MetricsOf();

        async Task<ArtifactSet> ExplainAsync(string split, int neighbours) => await _run.RunAsync(
            new ExplainAgreement(), new ExplainAgreement.Params(
                Texts: 4, split, [new ExplanationMethod.Shap(), new ExplanationMethod.Lime(100, Repetitions: 1)], Neighbours: neighbours),
            ("model", trained["model"]), ("rows", table));
    }

    /// <summary>Half of the texts have the injected word, and these are all of class A.</summary>
    private static (string Split, string Text, string Label)[] Biased(
        string injected = "sponsor", string other = "livre", string fillers = "il dort ici hier soir avec") =>
        [.. Enumerable.Range(0, 120).Select(i =>
        {
            var isA = i % 2 == 0;
            var words = fillers.Split(' ');
            var text = $"{words[i % 6]} {(isA ? injected : other)} {words[i * 5 / 2 % 6]} {words[i / 7 % 6]}";
            return (i < 96 ? "train" : "test", text, isA ? "A" : "B");
        })];

    private async Task<Table> ClassesAsync((string, string, string)[] rows) =>
        (Table)(await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", await _run.TextsAsync(rows))))["rows"];
}
