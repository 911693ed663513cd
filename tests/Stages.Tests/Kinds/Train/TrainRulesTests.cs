using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Kinds.Predict;
using Pipelines.Stages.Kinds.Train;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class TrainRulesTests : IDisposable
{
    /// <summary>The words of course document 2.</summary>
    private static readonly TrainRules.Params Rules = new(
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["POSITIF"] = ["good", "great", "excellent", "amazing", "wonderful", "fantastic", "best", "love"],
            ["NÉGATIF"] = ["bad", "terrible", "awful", "horrible", "worst", "hate", "boring"],
        },
        Otherwise: "NEUTRE");

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>The sentences of the document; <c>hate</c> is found in <c>hated</c>.</summary>
    [Fact]
    public async Task The_rules_of_the_course_answer_as_its_code_does()
    {
        var rows = await PredictAsync(
            Rules, "This movie is absolutely fantastic", "I hated this boring film", "The movie was not bad at all",
            "This film is so bad it's good");

        Assert.Equal(["POSITIF", "NÉGATIF", "NÉGATIF", "NEUTRE"], rows.Values<string>("predicted").Items);
        Assert.Equal([0.85, 0.85, 0.85, 0.6], rows.Values<double>("confidence").Items);
    }

    [Fact]
    public async Task Whole_words_are_not_found_inside_others()
    {
        var rows = await PredictAsync(Rules with { WholeWords = true }, "I hated this film", "I HATE, hate it", "Cafés: the best");

        Assert.Equal(["NEUTRE", "NÉGATIF", "POSITIF"], rows.Values<string>("predicted").Items);
    }

    [Fact]
    public async Task A_word_counts_once_however_often_it_stands_there()
    {
        var rows = await PredictAsync(Rules, "bad bad bad, but good and great");

        Assert.Equal(["POSITIF"], rows.Values<string>("predicted").Items);
    }

    [Fact]
    public async Task They_are_measured_and_evaluated_as_any_model()
    {
        var table = await _run.TextsAsync(
            ("train", "good", "POSITIF"), ("train", "bad", "POSITIF"), ("train", "film", "POSITIF"), ("test", "great", "POSITIF"),
            ("test", "film", "NÉGATIF"));
        var made = await _run.RunAsync(new TrainRules(), Rules, ("rows", table));

        var scores = await _run.RunAsync(new EvaluateClasses(), new EvaluateClasses.Params(), ("model", made["model"]), ("rows", table));

        Assert.Equal((1 / 3.0, 2 / 3.0), (made.MetricsOf()["train.accuracy"], made.MetricsOf()["train.decided"]));
        Assert.Equal(0.5, scores.MetricsOf()["test.accuracy"]);
    }

    [Fact]
    public async Task An_empty_word_is_refused()
    {
        Dictionary<string, IReadOnlyList<string>> words = new() { ["a"] = ["x", " "] };
        var error = await Assert.ThrowsAsync<StageException>(async () => await _run.RunAsync(
            new TrainRules(), Rules with { Words = words }, ("rows", await _run.TextsAsync(("train", "x", "a")))));
        Assert.Equal("words.a", error.Parameter);
    }

    private async Task<RowBatch> PredictAsync(TrainRules.Params rules, params string[] texts)
    {
        var made = await _run.RunAsync(new TrainRules(), rules, ("rows", await _run.TextsAsync(("train", "film", "POSITIF"))));
        var predicted = await _run.RunAsync(new PredictTexts(), new PredictTexts.Params(texts), ("model", made["model"]));
        return Assert.Single(await StageRun.ReadAsync((Table)predicted["rows"]));
    }
}
