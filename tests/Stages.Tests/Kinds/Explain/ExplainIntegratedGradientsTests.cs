using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Text;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class ExplainIntegratedGradientsTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(true, PaddingSide.Post)]
    [InlineData(false, PaddingSide.Pre)]
    public async Task The_word_that_decides_has_the_largest_weight(bool masking, PaddingSide side)
    {
        var table = await _run.ClassesAsync(EncodedRows.Wordings(), side);
        var trained = await _run.TrainAsync(
            new TrainClassifier(),
            new TrainClassifier.Params([new Layer.Embedding(8), new Layer.Lstm(12), new Layer.Dense()], EncodedRows.Training(15, 0.02),
                Masking: masking), table);
        var rows = await ExplainAsync(table, trained, new(new(8), new()));
        Assert.Equal(8, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var (tokens, scores) = (rows.Lists<string>("words")[row].ToArray(), rows.Lists<double>("attributions")[row].ToArray());
            Assert.Equal(rows.Values<string>("text")[row], string.Join(' ', tokens));
            Assert.Equal(scores[0], scores.Max());
            Assert.Equal(0, rows.Values<double>("delta")[row], 1e-2);
        }
    }

    [Fact]
    public async Task Steps_double_until_the_scores_add_up()
    {
        var outputs = await ExplainWordingsAsync(new(Steps: 1));
        var steps = Assert.Single(await StageRun.ReadAsync((Table)outputs["attributions"])).Values<double>("steps").Items;

        Assert.All(steps, count => Assert.Contains(count, (double[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]));
        Assert.True(steps.Max() > 1);
        Assert.Equal(steps.Max(), outputs.MetricsOf()["most_steps"]);
        Assert.InRange(outputs.MetricsOf()["largest_relative_delta"], 0, 1e-3);
        Assert.Equal(0, outputs.MetricsOf()["unconverged_texts"]);
    }

    [Fact]
    public async Task Steps_are_doubled_no_further_than_wished_and_what_is_missing_then_is_said()
    {
        var outputs = await ExplainWordingsAsync(new(Steps: 1, MaxSteps: 1));

        Assert.Equal(1, outputs.MetricsOf()["most_steps"]);
        Assert.InRange(outputs.MetricsOf()["unconverged_texts"], 1, 8);
        Assert.Contains("explanations_not_converged", StageRun.CardOf(outputs).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spelt_codes_are_explained_and_batches_change_nothing()
    {
        var table = await _run.CodesAsync(EncodedRows.Wordings());
        var trained = await _run.TrainAsync(
            new TrainSeq2seq(), new TrainSeq2seq.Params(EncodedRows.Training(8, 0.01), Embedding: 12, Units: 20), table);
        var together = await ExplainAsync(table, trained, new(new(6), new()));
        var alone = await ExplainAsync(table, trained, new(new(6), new(), Batch: 1));
        var (a, b) = (together.Lists<double>("attributions").Items, alone.Lists<double>("attributions").Items);
        for (var i = 0; i < a.Length; i++)
            Assert.Equal(a[i], b[i], 1e-4);
        Assert.All(together.Values<double>("delta").Items, delta => Assert.Equal(0, delta, 0.05));
    }

    [Fact]
    public async Task Each_character_follows_its_own_word()
    {
        var table = await _run.CodesAsync(EncodedRows.Wordings());
        var trained = await _run.TrainAsync(
            new TrainSeq2seq(), new TrainSeq2seq.Params(EncodedRows.Training(20, 0.01), Embedding: 12, Units: 20), table);
        var outputs = await _run.RunAsync(
            new ExplainIntegratedGradients(), new ExplainIntegratedGradients.Params(new(6), new(), ByCharacter: true),
            ("model", trained["model"]),
            ("rows", table));
        var heatmaps = StageRun.CardOf(outputs)["items"]!.AsArray().Where(item => (string)item!["name"]! == "word_by_character").ToList();
        Assert.Equal(6, heatmaps.Count);
        Assert.True(
            heatmaps.Count(heatmap => Cell(heatmap!, 0, 0) > Cell(heatmap!, 1, 0) && Cell(heatmap!, 1, 1) > Cell(heatmap!, 0, 1)) >= 4);

        static double Cell(JsonNode heatmap, int word, int character) => (double)heatmap["values"]![word]![character]!;
    }

    private async Task<ArtifactSet> ExplainWordingsAsync(ExplanationMethod.IntegratedGradients method)
    {
        var table = await _run.ClassesAsync(EncodedRows.Wordings());
        var trained = await _run.TrainAsync(
            new TrainClassifier(),
            new TrainClassifier.Params([new Layer.Embedding(8), new Layer.Lstm(12), new Layer.Dense()], EncodedRows.Training(15, 0.02)),
            table);
        return await _run.RunAsync(
            new ExplainIntegratedGradients(), new ExplainIntegratedGradients.Params(new(8), method), ("model", trained["model"]),
            ("rows", table));
    }

    private async Task<RowBatch> ExplainAsync(Table table, ArtifactSet trained, ExplainIntegratedGradients.Params parameters)
    {
        var outputs = await _run.RunAsync(new ExplainIntegratedGradients(), parameters, ("model", trained["model"]), ("rows", table));
        return Assert.Single(await StageRun.ReadAsync((Table)outputs["attributions"]));
    }
}
