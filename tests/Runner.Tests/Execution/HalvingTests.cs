using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>Successive halving from YAML to results: only the best go on, from where they were.</summary>
public sealed class HalvingTests : IDisposable
{
    private const string Yaml = """
        pipeline: search
        stages:
          model:
            uses: train/number
            matrix:
              start: [4, 1, 3, 2]
              halving: { metric: validation.loss, rungs: [1, 3], factor: 2 }
            with: { start: "${matrix.start}", epochs: 5 }
        """;

    private readonly EngineRig _rig = new();

    [Fact]
    public async Task The_best_go_on_and_the_others_stay_what_they_were()
    {
        var record = await RunAsync(Yaml);

        // After one epoch 1 and 2 are the best of four, after three epochs 1 is the best of two.
        Assert.Equal(["4 after 1", "1 after 5", "3 after 1", "2 after 3"],
            record.Stages.Where(stage => stage.Id.StartsWith("model@", StringComparison.Ordinal)).Select(Trained));
        Assert.Equal(["model-after-1@start=4", "model-after-1@start=1", "model-after-1@start=3", "model-after-1@start=2",
            "model-after-3@start=1", "model-after-3@start=2", "model@start=1"], Ran(record));
        Assert.Equal("left after 1 epochs: validation.loss 4, place 4 of 4, 2 went on", EngineRig.Stage(record, "model@start=4").Note);
        Assert.Equal("left after 3 epochs: validation.loss 0.6667, place 2 of 2, 1 went on", EngineRig.Stage(record, "model@start=2").Note);
    }

    [Fact]
    public async Task A_survivor_goes_on_from_where_it_was_left()
    {
        var record = await RunAsync(Yaml);

        Assert.Equal("from 0", LogOf(record, "model-after-1@start=1"));
        Assert.Equal("from 1", LogOf(record, "model-after-3@start=1"));
        Assert.Equal("from 3", LogOf(record, "model@start=1"));
    }

    [Fact]
    public async Task A_survivor_is_the_whole_training_without_a_search()
    {
        await RunAsync(Yaml);

        var whole = await RunAsync(Yaml[..Yaml.IndexOf("      halving", StringComparison.Ordinal)]
            + Yaml[Yaml.IndexOf("    with", StringComparison.Ordinal)..]);

        Assert.Equal("model@start=4:ran model@start=1:reused model@start=3:ran model@start=2:ran", EngineRig.Outcomes(whole));
    }

    [Fact]
    public async Task A_whole_training_of_a_cell_left_behind_goes_on_from_its_rung()
    {
        await RunAsync(Yaml);

        var record = await RunAsync(Yaml.Replace("rungs: [1, 3]", "rungs: [4]", StringComparison.Ordinal));

        Assert.Equal("from 3", LogOf(record, "model-after-4@start=2"));
    }

    [Fact]
    public async Task Repetitions_go_on_together_by_their_mean()
    {
        var record = await RunAsync(Yaml.Replace("start: [4, 1, 3, 2]", "start: [1, 2]\n      seed: [0, 9]", StringComparison.Ordinal)
            .Replace("start: \"${matrix.start}\"", "start: \"${matrix.start}\", bonus: \"${matrix.seed}\"", StringComparison.Ordinal));

        Assert.Equal(["1 after 5", "1 after 5", "2 after 1", "2 after 1"],
            record.Stages.Where(stage => stage.Id.StartsWith("model@", StringComparison.Ordinal)).Select(Trained));
    }

    [Fact]
    public async Task What_is_decided_is_foretold_once_it_can_be()
    {
        Assert.All(Preview().Where(stage => stage.Id.StartsWith("model@", StringComparison.Ordinal)),
            stage => Assert.IsType<StageForecast.DependsOnUpstream>(stage.Forecast));

        await RunAsync(Yaml);

        Assert.All(Preview(), stage => Assert.IsType<StageForecast.Reused>(stage.Forecast));
    }

    [Fact]
    public async Task Only_one_cell_needs_all_that_it_competes_with()
    {
        _rig.Options = _rig.Options with { Only = new HashSet<string>(StringComparer.Ordinal) { "model@start=3" } };

        var record = await RunAsync(Yaml);

        Assert.Equal(9, record.Stages.Count);
        Assert.Equal("3 after 1", Trained(EngineRig.Stage(record, "model@start=3")));
    }

    [Fact]
    public async Task A_metric_that_is_not_measured_fails_with_its_place()
    {
        var record = await RunAsync(Yaml.Replace("validation.loss", "validation.accuracy", StringComparison.Ordinal));

        var failed = Assert.IsType<StageOutcome.Failed>(EngineRig.Stage(record, "model-after-3@start=4").Outcome);
        Assert.Equal("there is no metric 'validation.accuracy' of model-after-1@start=4", failed.Message);
        Assert.Equal(7, failed.At!.Line);
    }

    public void Dispose() => _rig.Dispose();

    private static string[] Ran(RunRecord record) =>
        [.. record.Stages.Where(stage => stage.Outcome is StageOutcome.Ran).Select(stage => stage.Id)];

    private static string Trained(StageRun stage)
    {
        var metrics = stage.Outcome.Results!.ByPort["metrics"].Cast<Metrics>().Single().Values;
        return FormattableString.Invariant($"{metrics["start"]} after {metrics["epochs"]}");
    }

    private string LogOf(RunRecord record, string id) =>
        File.ReadAllText(new RunStore(_rig.Workspace.Root).LogPath(record.Id, id)) is var log
        && log.IndexOf("from ", StringComparison.Ordinal) is >= 0 and var at ? log[at..(at + 6)] : log;

    private async Task<RunRecord> RunAsync(string yaml)
    {
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new ArtifactWriter(folder));
        return await new PipelineRunner(_rig.Storage(store), _rig, TimeProvider.System)
            .RunAsync(PlanOf(yaml), _rig.Options, CancellationToken.None);
    }

    private IReadOnlyList<StagePreview> Preview()
    {
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new ArtifactWriter(folder));
        return Pipelines.Runner.Execution.Preview.Of(PlanOf(Yaml), _rig.Options, _rig.Storage(store));
    }

    private static Plan PlanOf(string yaml)
    {
        var catalog = StageCatalog.Of([typeof(TrainNumber)], path => new SourceFile(path, """
            summary: { en: Halves a number. }
            parameters: { stop_after: { text: When it stops., role: stops-after } }
            """));
        var plan = Plan.Read(new("search.yaml", yaml), _ => null, Overrides.None, catalog);
        return plan.Value ?? throw new InvalidOperationException(DiagnosticFormat.Render(plan.Diagnostics));
    }

    /// <summary>Its loss after some epochs is the start divided by their number.</summary>
    [Stage("train/number")]
    public sealed class TrainNumber : Stage<NoInputs, TrainNumber.Params, TrainNumber.Outputs>
    {
        public sealed record Params(int Start, int Epochs, int Bonus = 0, int? StopAfter = null);

        public sealed record Outputs(Metrics Metrics);

        protected override async Task<Outputs> RunAsync(
            NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
        {
            Directory.CreateDirectory(context.WorkDirectory);
            var kept = Path.Combine(context.WorkDirectory, "epochs");
            context.Log.Info($"from {(File.Exists(kept) ? await File.ReadAllTextAsync(kept, cancellation) : "0")}");
            var epochs = parameters.StopAfter ?? parameters.Epochs;
            await File.WriteAllTextAsync(kept, epochs.ToString(CultureInfo.InvariantCulture), cancellation);
            return new(await context.Write.MetricsAsync(new Dictionary<string, double>
            {
                ["start"] = parameters.Start,
                ["epochs"] = epochs,
                ["validation.loss"] = (double)parameters.Start / epochs + (parameters.Bonus * 0.01),
            }, cancellation));
        }
    }
}
