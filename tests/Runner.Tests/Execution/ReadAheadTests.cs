using System.Globalization;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>What is read before it is asked for is what would have been read then.</summary>
public sealed class ReadAheadTests : IDisposable
{
    // Enough that results are read side by side.
    private const int Stages = 150;

    private readonly EngineRig _rig = new();

    [Theory]
    [InlineData("test")]
    [InlineData("another")]
    public async Task Nothing_is_foreseen_otherwise(string ahead)
    {
        var first = await _rig.RunAsync(Pipeline());
        Assert.Equal(2, first.Stages.Select(stage => EngineRig.TableOf(first, stage.Id).Id).Distinct().Count());
        Assert.Equal(Stages, Reused(Preview(ahead)));

        // The object of all stages but one.
        File.Delete(Path.Combine(EngineRig.TableOf(first, "s1").Directory, "rows.parquet"));

        Assert.Equal(1, Reused(Preview(ahead)));
        Assert.Equal(Texts(_rig.Preview(Pipeline())), Texts(Preview(ahead)));
    }

    public void Dispose() => _rig.Dispose();

    private IReadOnlyList<StagePreview> Preview(string ahead)
    {
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new FakeArtifactWriter(folder));
        var storage = _rig.Storage(store);
        storage.ReadAhead(ahead);
        return Pipelines.Runner.Execution.Preview.Of(Pipeline().Plan(), _rig.Options, storage);
    }

    private static int Reused(IReadOnlyList<StagePreview> stages) => stages.Count(stage => stage.Forecast is StageForecast.Reused);

    private static IEnumerable<string> Texts(IReadOnlyList<StagePreview> stages) =>
        stages.Select(stage => stage.Forecast is StageForecast.WillRun run
            ? $"{run.Fingerprint} {string.Join("; ", run.Why)}"
            : stage.Forecast.ToString());

    // Each with a fingerprint of its own, and all but one with the content of the others.
    private static FakePipeline Pipeline()
    {
        var pipeline = new FakePipeline().Add("other", with: ("add", "7"));
        for (var i = 1; i < Stages; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            pipeline.Add($"s{number}", with: [("add", number), ("divide", number)]);
        }
        return pipeline;
    }
}
