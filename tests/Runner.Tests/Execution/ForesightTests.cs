using CsCheck;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.TestKit.Engine;
using Xunit.Abstractions;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>
/// What is foreseen happens, and for the reasons foreseen: over random pipelines, edits of parameters, inputs, columns, files and threads,
/// forced stages, parts of a pipeline and lost results.
/// </summary>
public sealed class ForesightTests(ITestOutputHelper output)
{
    private const int Pipelines = 24;

    private static readonly Gen<(RandomStage[] Stages, int[] Files, Round[] Rounds)> s_any =
        Gen.Select(RandomStage.New.Array[4, 11], RandomPipeline.Numbers, Round.Any.Array[12]);

    // What fails is made smaller by CsCheck, which prints its seed: CsCheck_Seed in the environment tries it again.
    [Fact]
    public Task Whatever_is_foreseen_happens() => s_any.SampleAsync(CheckAsync, output.WriteLine, iter: Pipelines, print: Text);

    private static async Task CheckAsync(RandomStage[] stages, int[] files, Round[] rounds)
    {
        using EngineRig rig = new();
        RandomPipeline pipeline = new(stages, files, rig.Workspace);
        foreach (var (number, round) in rounds.Index())
        {
            await CheckAsync(rig, pipeline, round, number);
            foreach (var edit in round.Edits)
                pipeline.Apply(edit);
        }
    }

    private static async Task CheckAsync(EngineRig rig, RandomPipeline pipeline, Round round, int number)
    {
        HashSet<string> only = round.Only is null ? [] : pipeline.IdsOf(round.Only);
        rig.Options = rig.Options with
        {
            Force = round.Force is null ? [] : pipeline.IdsOf(round.Force),
            Only = only.Count == 0 ? null : only,
            Jobs = round.Jobs,
            Light = round.Light,
        };
        if (round.Loss is { } loss)
            RandomPipeline.Lose(rig.StoreFolder, loss);
        var foreseen = rig.Preview(pipeline.Build());
        var again = rig.Preview(pipeline.Build());
        var record = await rig.RunAsync(pipeline.Build());
        var mayBeLeft =
            foreseen.Where(stage => stage.Forecast is StageForecast.Stale { Unless: [_, ..] }).Select(stage => stage.Id).ToHashSet();
        var ran = record.Stages.Select(stage => stage.Outcome).OfType<StageOutcome.Ran>().Select(now => now.Fingerprint).ToHashSet();
        Assert.Equal(foreseen.Select(stage => stage.Id), record.Stages.Select(stage => stage.Id));
        foreach (var (forecast, twice, stage) in foreseen.Zip(again, record.Stages))
        {
            Assert.Equal(Text(forecast.Forecast), Text(twice.Forecast));
            var happened = $"{Text(forecast.Forecast)}, but {stage.Outcome} ({string.Join("; ", stage.Why)})";
            Assert.True(Agrees(forecast.Forecast, stage, mayBeLeft, ran), $"round {number}, {stage.Id}: {happened}");
        }
    }

    private static bool Agrees(
        StageForecast forecast, StageRun stage, HashSet<string> mayBeLeft, HashSet<ContentHash> ran) => (forecast, stage.Outcome) switch
        {
            (StageForecast.Reused foreseen, StageOutcome.Reused now) => now.Fingerprint == foreseen.Fingerprint,
            (StageForecast.WillRun foreseen, StageOutcome.Ran now) =>
                now.Fingerprint == foreseen.Fingerprint && stage.Why.SequenceEqual(foreseen.Why),
            // Another stage may have put a lost object back first, or turned out to be the same one only when what it needs had run.
            (StageForecast.WillRun { Why: [.., var why] } foreseen, StageOutcome.Reused now) => now.Fingerprint == foreseen.Fingerprint
                && (why.StartsWith("object ", StringComparison.Ordinal) || ran.Contains(now.Fingerprint)),
            (StageForecast.Shared foreseen, StageOutcome.Reused now) => now.Fingerprint == foreseen.Fingerprint,
            // A heavy stage that is left after all may come before the one that is certain to be.
            (StageForecast.Stale { Unless: [] } foreseen, StageOutcome.Stale now) =>
                now.BecauseOf == foreseen.BecauseOf || mayBeLeft.Contains(now.BecauseOf),
            (StageForecast.Stale { Unless: [_, ..] }, StageOutcome.Stale or StageOutcome.Reused or StageOutcome.Ran) => true,
            (StageForecast.DependsOnUpstream, StageOutcome.Ran) => true,
            (StageForecast.DependsOnUpstream, StageOutcome.Reused) => true,
            _ => false,
        };

    private static string Text((RandomStage[] Stages, int[] Files, Round[] Rounds) tried) =>
        $"{string.Join('\n', (object[])tried.Stages)}\nfiles {string.Join(',', tried.Files)}\n{string.Join('\n', (object[])tried.Rounds)}";

    private static string Text(StageForecast forecast) => forecast switch
    {
        StageForecast.WillRun run => $"runs: {string.Join("; ", run.Why)}",
        StageForecast.DependsOnUpstream depends => $"depends on {string.Join(", ", depends.On)}: {string.Join("; ", depends.Why)}",
        _ => forecast.ToString(),
    };
}
