using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.LinearModels;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>LIME and SHAP of trained models of every sort.</summary>
public sealed class PerturbationTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>The two words that weigh most, among words that say nothing.</summary>
    [Fact]
    public async Task Of_a_linear_model_LIME_and_SHAP_have_the_signs_and_the_ranking_of_the_coefficients()
    {
        var (table, trained) = await LogisticAsync();
        var model = LinearModel.Read((Model)trained["model"]);
        var lime = await ExplainAsync(new ExplainLime(), new ExplainLime.Params(new(12), new(3_000, Words: 20)), table, trained);
        var shap = await ExplainAsync(
            new ExplainShap(), new ExplainShap.Params(new(12), new()), table, trained);
        var kernel = await ExplainAsync(new ExplainShap(), new ExplainShap.Params(new(12), new(ShapMethod.Kernel)), table, trained);

        for (var row = 0; row < 12; row++)
        {
            var words = lime.Lists<string>("words")[row].ToArray();
            Assert.Equal(words, shap.Lists<string>("words")[row].ToArray());
            var label = Array.IndexOf(["A", "B"], lime.Values<string>("explained")[row]);
            double[] truth = [.. words.Select(word => CentredCoefficient(model, word, label))];
            Assert.Equal(Strongest(truth), Strongest(lime.Lists<double>("attributions")[row]));
            Assert.Equal(Strongest(truth), Strongest(shap.Lists<double>("attributions")[row]));
            Assert.Equal(Strongest(truth), Strongest(kernel.Lists<double>("attributions")[row]));
            Assert.Equal(0, shap.Values<double>("delta")[row], 1e-9);
            Assert.Equal(0, kernel.Values<double>("delta")[row], 1e-9);
        }

        // The two words that weigh most, with their signs.
        static IEnumerable<(int, int)> Strongest(ReadOnlySpan<double> scores) =>
            scores.ToArray().Index().OrderByDescending(score => Math.Abs(score.Item)).Take(2)
                .Select(score => (score.Index, Math.Sign(score.Item)));
    }

    [Fact]
    public async Task Linear_values_are_the_coefficients_times_the_distance_from_the_mean()
    {
        var (table, trained) = await LogisticAsync();
        var model = LinearModel.Read((Model)trained["model"]);
        var shap = await ExplainAsync(
            new ExplainShap(), new ExplainShap.Params(new(3, Labels: ExplainedLabels.Every), new()), table, trained);
        var texts = await TrainingTextsAsync(table);

        Assert.Equal(6, shap.Count);
        for (var row = 0; row < shap.Count; row++)
        {
            var label = Array.IndexOf(["A", "B"], shap.Values<string>("explained")[row]);
            var words = shap.Lists<string>("words")[row].ToArray();
            for (var i = 0; i < words.Length; i++)
            {
                var mean = texts.Average(text => text.Split(' ').Count(word => word == words[i]));
                var count = words.Count(word => word == words[i]);
                var expected = (count - mean) * CentredCoefficient(model, words[i], label) / count;
                Assert.Equal(expected, shap.Lists<double>("attributions")[row][i], 1e-6);
            }
        }
    }

    [Fact]
    public async Task A_network_is_explained_by_the_words_that_decide_and_equal_seeds_say_the_same()
    {
        var table = await _run.ClassesAsync(EncodedRows.Wordings());
        var trained = await _run.TrainAsync(
            new TrainClassifier(),
            new TrainClassifier.Params([new Layer.Embedding(8), new Layer.Lstm(12), new Layer.Dense()], EncodedRows.Training(8, 0.03)),
                table);
        foreach (var method in new[] { ShapMethod.Exact, ShapMethod.Kernel, ShapMethod.Partition })
            Decides(await ExplainAsync(new ExplainShap(), new ExplainShap.Params(new(8), new(method)), table, trained), 1e-6);
        var lime = await ExplainAsync(new ExplainLime(), new ExplainLime.Params(new(8), new(300)), table, trained);
        Decides(lime, 0.5);
        var again = await ExplainAsync(new ExplainLime(), new ExplainLime.Params(new(8), new(300)), table, trained);
        Assert.Equal(lime.Lists<double>("attributions").Items, again.Lists<double>("attributions").Items);

        static void Decides(RowBatch rows, double tolerance)
        {
            Assert.Equal(8, rows.Count);
            for (var row = 0; row < rows.Count; row++)
            {
                var scores = rows.Lists<double>("attributions")[row].ToArray();
                Assert.Equal(scores[0], scores.Max());
                Assert.Equal(0, rows.Values<double>("delta")[row], tolerance);
            }
        }
    }

    [Fact]
    public async Task Written_codes_rules_and_a_majority_are_explained_too()
    {
        var codes = await _run.CodesAsync(EncodedRows.Wordings());
        var speller = await _run.TrainAsync(
            new TrainSeq2seq(), new TrainSeq2seq.Params(EncodedRows.Training(8, 0.01), Embedding: 12, Units: 20), codes);
        var spelt = await ExplainAsync(
            new ExplainShap(), new ExplainShap.Params(new(6, Labels: ExplainedLabels.Every), new()), codes, speller);
        Assert.Equal(spelt.Values<string>("predicted").Items, spelt.Values<string>("explained").Items);
        Assert.All(Enumerable.Range(0, 6), row =>
            Assert.Equal(spelt.Values<double>("confidence")[row], spelt.Values<double>("output")[row], 1e-5));

        var classes = await _run.ClassesAsync(EncodedRows.Wordings());
        var rules = await _run.RunAsync(
            new TrainRules(), new TrainRules.Params(new Dictionary<string, IReadOnlyList<string>> { ["A"] = ["fracture"] }, "B"),
                ("rows", classes));
        var ruled = await ExplainAsync(new ExplainLime(), new ExplainLime.Params(new(6), new(100)), classes, rules);
        Assert.All(Enumerable.Range(0, 6).Where(row => ruled.Values<string>("predicted")[row] == "A"),
            row => Assert.True(ruled.Lists<double>("attributions")[row][0] > 0.5));

        var majority = await _run.RunAsync(new TrainMajority(), new TrainMajority.Params(), ("rows", classes));
        var flat = await ExplainAsync(new ExplainLime(), new ExplainLime.Params(new(6), new(100)), classes, majority);
        Assert.All(flat.Lists<double>("attributions").Items, score => Assert.Equal(0, score, 1e-9));
    }

    [Fact]
    public async Task Texts_at_the_edges_are_explained()
    {
        string[] texts = ["", "mot", "zzz qqq 🙂🙂 ☢️", "هذا نص", "  \t ",
            string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"w{i % 900} chat"))];
        var table = await ClassesAsync([.. Wordings(), .. texts.Select(text => ("test", text, "A"))]);
        var trained = await _run.RunAsync(new TrainNaiveBayes(), new TrainNaiveBayes.Params(new()), ("rows", table));
        foreach (var method in new[] { ShapMethod.Auto, ShapMethod.Kernel, ShapMethod.Partition })
            Finite(await ExplainAsync(
                new ExplainShap(), new ExplainShap.Params(new(100, Labels: ExplainedLabels.Every), new(method, 300)), table, trained));
        Finite(await ExplainAsync(
            new ExplainLime(), new ExplainLime.Params(new(100, Labels: ExplainedLabels.True), new(50, Repetitions: 1)), table,
                trained));

        void Finite(RowBatch rows)
        {
            Assert.True(rows.Count >= texts.Length);
            Assert.All(rows.Lists<double>("attributions").Items, score => Assert.True(double.IsFinite(score)));
            Assert.All(rows.Values<double>("delta").Items, delta => Assert.True(double.IsFinite(delta)));
        }
    }

    [Fact]
    public async Task Linear_values_of_a_network_are_refused()
    {
        var table = await _run.ClassesAsync(EncodedRows.Wordings());
        var rules = await _run.RunAsync(
            new TrainRules(), new TrainRules.Params(new Dictionary<string, IReadOnlyList<string>> { ["A"] = ["fracture"] }, "B"),
                ("rows", table));
        var error = await Assert.ThrowsAsync<StageException>(
            () => ExplainAsync(new ExplainShap(), new ExplainShap.Params(new(2), new(ShapMethod.Linear)), table, rules));
        Assert.Equal("method", error.Parameter);
    }

    /// <summary>Each class has two words, one of which says more than the other; the rest says nothing.</summary>
    private static (string Split, string Text, string Label)[] Wordings() => [.. Enumerable.Range(0, 180).Select(i =>
    {
        var label = i % 2;
        var weak = i % 6 < 2 ? 1 - label : label;
        return (i < 150 ? "train" : "test", $"le chat fort{label} dort faible{weak} ici soir{i % 7}", label == 0 ? "A" : "B");
    })];

    private async Task<(Table Table, ArtifactSet Trained)> LogisticAsync()
    {
        var table = await ClassesAsync(Wordings());
        return (table, await _run.RunAsync(new TrainLogistic(), new TrainLogistic.Params(new()), ("rows", table)));
    }

    private async Task<Table> ClassesAsync((string, string, string)[] rows) =>
        (Table)(await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", await _run.TextsAsync(rows))))["rows"];

    private static async Task<List<string>> TrainingTextsAsync(Table table)
    {
        var rows = Assert.Single(await StageRun.ReadAsync(table));
        return [.. rows.Values<string>("text").Items.Where((_, row) => rows.Values<string>("split")[row] == "train")];
    }

    private static double CentredCoefficient(LinearModel model, string word, int label)
    {
        var at = model.Vocabulary.Words.Index().First(entry => entry.Item == word).Index * 2;
        return model.Coefficients[at + label] - model.Coefficients[at..(at + 2)].Average();
    }

    private async Task<RowBatch> ExplainAsync(IStage stage, object parameters, Table table, ArtifactSet trained) => Assert.Single(
        await StageRun.ReadAsync(
            (Table)(await _run.RunAsync(stage, parameters, ("model", trained["model"]), ("rows", table)))["attributions"]));
}
