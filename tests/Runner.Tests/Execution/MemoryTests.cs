using System.Text.Json.Nodes;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit.Engine;
using Pipelines.Tests.Runner.Reporting;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>What the process held while a stage ran.</summary>
public sealed class MemoryTests : IDisposable
{
    private const int Size = 300_000_000;

    // As much as this may have been held before and be used again.
    private const long AtLeast = Size / 2;

    private static readonly FakeKind s_large = new("large", call =>
    {
        var held = GC.AllocateUninitializedArray<byte>(Size);
        Array.Fill<byte>(held, 1);
        GC.KeepAlive(held);
        return call.TableAsync(("n", held[^1]));
    });

    private readonly EngineRig _rig = new();

    [Fact]
    public async Task What_a_stage_took_is_told_again_where_its_result_is_reused()
    {
        var first = await _rig.RunAsync(new FakePipeline().Add("a", kind: s_large));
        var second = await _rig.RunAsync(new FakePipeline().Add("a", kind: s_large));

        var taken = Assert.IsType<StageOutcome.Ran>(first.Stages[0].Outcome).Memory!;
        Assert.InRange(taken.Growth, AtLeast, long.MaxValue);
        Assert.Equal(taken.Peak, taken.Before + taken.Growth);
        Assert.Equal(taken, Assert.IsType<StageOutcome.Reused>(second.Stages[0].Outcome).Memory);
        Assert.Equal(taken, ((StageOutcome.Reused)new RunStore(_rig.Workspace.Root).Find(second.Id)!.Stages[0].Outcome).Memory);
    }

    [Fact]
    public async Task Results_and_records_without_it_are_read()
    {
        var record = await _rig.RunAsync(new FakePipeline().Add("a"));
        var path = Path.Combine(_rig.StoreFolder, "runs", record.Id + ".json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        // Of a version without checksum.
        json["format"] = "pipelines run 1";
        Assert.True(json["stages"]![0]!.AsObject().Remove("peak_memory"));
        await File.WriteAllTextAsync(path, json.ToJsonString());
        StoreLayout layout = new(_rig.Workspace.Root);
        var ran = (StageOutcome.Ran)record.Stages[0].Outcome;
        var file = ActionFile.Parse(await File.ReadAllBytesAsync(layout.Action(ran.Fingerprint)), ran.Fingerprint, layout).File!;
        var older = file with { Action = file.Action with { Memory = null } };

        Assert.Null(((StageOutcome.Ran)new RunStore(_rig.Workspace.Root).Find(record.Id)!.Stages[0].Outcome).Memory);
        Assert.NotNull(file.Action.Memory);
        Assert.Null(ActionFile.Parse(older.ToBytes(), ran.Fingerprint, layout).File!.Action.Memory);
    }

    [Fact]
    public async Task It_is_no_part_of_a_fingerprint_and_of_no_column()
    {
        var first = await _rig.RunAsync(new FakePipeline().Add("a", kind: s_large));
        using EngineRig other = new();
        var second = await other.RunAsync(new FakePipeline().Add("a", kind: s_large));

        Assert.Equal(EngineRig.TableOf(first, "a").Id, EngineRig.TableOf(second, "a").Id);
        Assert.Equal(((StageOutcome.Ran)first.Stages[0].Outcome).Fingerprint, ((StageOutcome.Ran)second.Stages[0].Outcome).Fingerprint);
    }

    /// <summary>It differs from run to run, as times do, and stands where a verification does not look.</summary>
    [Fact]
    public void A_report_shows_it_beside_the_time_and_is_the_same_without()
    {
        var plan = SampleRun.Plan();
        var record = SampleRun.Record(plan);
        var page = Pipelines.Runner.Reporting.Reports.Text(plan, record, SampleRun.Files);
        var other = Pipelines.Runner.Reporting.Reports.Text(
            plan, record with
            {
                Stages = [.. record.Stages.Select(stage => stage.Outcome is StageOutcome.Ran ran
                    ? stage with { Outcome = ran with { Memory = new(2_000_000_000, 1_000_000) } } : stage)],
            }, SampleRun.Files);

        Assert.Contains("2\u202F000 (+1\u202F999)", other, StringComparison.Ordinal);
        Assert.NotEqual(page, other);
        Assert.Equal(
            Pipelines.Runner.Reporting.Verification.ReportRecord.HashOf(page),
            Pipelines.Runner.Reporting.Verification.ReportRecord.HashOf(other));
    }

    public void Dispose() => _rig.Dispose();
}
