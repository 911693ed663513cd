using Pipelines.Runner.Execution;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>
/// What is foreseen happens, and for the reasons foreseen: over random pipelines, edits of parameters, inputs, columns, files and threads,
/// forced stages, parts of a pipeline and lost results.
/// </summary>
public sealed class ForesightTests : IDisposable
{
    private const int Rounds = 12;

    private readonly EngineRig _rig = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_is_foreseen_happens(int seed)
    {
        var random = new Random(seed);
        var pipeline = RandomPipeline.New(random, _rig.Workspace);
        for (var round = 0; round < Rounds; round++)
        {
            var only = pipeline.SomeIds(random);
            _rig.Options = _rig.Options with
            {
                Force = random.Next(4) == 0 ? pipeline.SomeIds(random) : new HashSet<string>(),
                Only = only.Count == 0 ? null : only,
                Jobs = random.Next(1, 4),
                Light = random.Next(3) == 0,
            };
            if (random.Next(4) == 0)
                RandomPipeline.LoseSomething(_rig.StoreFolder, random);
            var foreseen = _rig.Preview(pipeline.Build());
            var again = _rig.Preview(pipeline.Build());
            var record = await _rig.RunAsync(pipeline.Build());
            var mayBeLeft = foreseen.Where(stage => stage.Forecast is StageForecast.Stale { Unless: [_, ..] }).Select(stage => stage.Id).ToHashSet();
            Assert.Equal(foreseen.Select(stage => stage.Id), record.Stages.Select(stage => stage.Id));
            foreach (var (forecast, twice, stage) in foreseen.Zip(again, record.Stages))
            {
                Assert.Equal(Text(forecast.Forecast), Text(twice.Forecast));
                Assert.True(Agrees(forecast.Forecast, stage, mayBeLeft), $"round {round}, {stage.Id}: {Text(forecast.Forecast)}, but {stage.Outcome} ({string.Join("; ", stage.Why)})");
            }
            pipeline.Edit(random);
        }
    }

    public void Dispose() => _rig.Dispose();

    private static bool Agrees(StageForecast forecast, StageRun stage, HashSet<string> mayBeLeft) => (forecast, stage.Outcome) switch
    {
        (StageForecast.Reused foreseen, StageOutcome.Reused now) => now.Fingerprint == foreseen.Fingerprint,
        (StageForecast.WillRun foreseen, StageOutcome.Ran now) => now.Fingerprint == foreseen.Fingerprint && stage.Why.SequenceEqual(foreseen.Why),
        // Another stage of equal content may have put a lost object back first.
        (StageForecast.WillRun { Why: [.., var why] } foreseen, StageOutcome.Reused now) =>
            why.StartsWith("object ", StringComparison.Ordinal) && now.Fingerprint == foreseen.Fingerprint,
        (StageForecast.Shared foreseen, StageOutcome.Reused now) => now.Fingerprint == foreseen.Fingerprint,
        // A heavy stage that is left after all may come before the one that is certain to be.
        (StageForecast.Stale { Unless: [] } foreseen, StageOutcome.Stale now) => now.BecauseOf == foreseen.BecauseOf || mayBeLeft.Contains(now.BecauseOf),
        (StageForecast.Stale { Unless: [_, ..] }, StageOutcome.Stale or StageOutcome.Reused or StageOutcome.Ran) => true,
        (StageForecast.DependsOnUpstream, StageOutcome.Ran) => true,
        (StageForecast.DependsOnUpstream, StageOutcome.Reused) => true,
        _ => false,
    };

    private static string Text(StageForecast forecast) => forecast switch
    {
        StageForecast.WillRun run => $"runs: {string.Join("; ", run.Why)}",
        StageForecast.DependsOnUpstream depends => $"depends on {string.Join(", ", depends.On)}: {string.Join("; ", depends.Why)}",
        _ => forecast.ToString(),
    };
}
