using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Compare;
using Pipelines.Stages.Kinds.Predict;
using Pipelines.Stages.Kinds.Train;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Sentences of the pipeline file with the label that is expected of each.</summary>
public sealed class ExpectedTextsTests : IDisposable
{
    private static readonly string[] Texts = ["a good film", "not a bad film", "a film"];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_sentence_gets_its_verdict()
    {
        var outputs = await PredictAsync(new(Texts, Expected: ["up", "up", "none"], Notes: ["", "negation", ""]), "good");

        Assert.Equal(2 / 3.0, outputs.MetricsOf()["accuracy"]);
        var rows = StageRun.CardOf(outputs)["items"]![0]!["rows"]!.AsArray();
        Assert.Equal(["not a bad film", "negation", "up", "down"], rows[1]!.AsArray().Take(4).Select(cell => (string?)cell));
        Assert.Equal([true, false, true], rows.Select(row => (bool)row![5]!));
    }

    [Fact]
    public async Task Two_models_can_be_compared_on_them()
    {
        PredictTexts.Params parameters = new(Texts, Expected: ["up", "up", "none"]);
        var first = await PredictAsync(parameters, "good");
        var second = await PredictAsync(parameters, "good", "not", "not a");

        var compared = await _run.RunAsync(
            new CompareModels(), new CompareModels.Params(Split: "all", Resamples: 100), ("predictions", first["rows"]),
            ("predictions", second["rows"]));

        Assert.Equal(1 / 3.0, compared.MetricsOf()["all.model_2_minus_1.accuracy"], 12);
    }

    [Fact]
    public async Task Without_expectations_nothing_is_right_or_wrong()
    {
        var outputs = await PredictAsync(new(Texts), "good");

        Assert.DoesNotContain("accuracy", outputs.MetricsOf().Keys);
        Assert.Null(((Table)outputs["rows"]).Find("correct"));
    }

    [Fact]
    public async Task A_text_without_its_expectation_is_refused()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => PredictAsync(new(Texts, Expected: ["up"]), "good"));

        Assert.Equal(("expected", "There are 3 texts, but 1 items in 'expected'."), (error.Parameter, error.Message));
    }

    private async Task<ArtifactSet> PredictAsync(PredictTexts.Params parameters, params string[] up)
    {
        Dictionary<string, IReadOnlyList<string>> words = new() { ["up"] = up, ["down"] = ["bad"] };
        var made = await _run.RunAsync(
            new TrainRules(), new TrainRules.Params(words, "none"), ("rows", await _run.TextsAsync(("train", "a", "up"))));
        return await _run.RunAsync(new PredictTexts(), parameters, ("model", made["model"]));
    }
}
