using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>A stage names what feeds it by references; people see the ids of this pipeline.</summary>
public sealed class SourceNameTests : IDisposable
{
    private static readonly FakeKind Second = new("second", call =>
    {
        call.Context.Log.Info($"{SourceName.Of("rows", 1)} is the second of {{these}}");
        call.Context.Log.Warn($"{SourceName.Of("rows", 0)} is not, nor is {SourceName.Of("rows", 7)}");
        return Task.FromResult(FakeCall.Of(call.Tables[1]));
    });

    private static readonly FakeKind Failing = new("failing", _ =>
        throw new StageException($"{SourceName.Of("rows", 1)} is too small.") { Help = $"Look at {SourceName.Of("rows", 1)}." });

    private readonly EngineRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task The_log_shows_ids_where_the_stage_wrote_references()
    {
        var record = await _rig.RunAsync(Choosing("small", "large", Second));

        Assert.Equal(["large is the second of {these}", "small is not, nor is {rows.7}"], Lines());
        Assert.Equal(
            ["large is the second of {these}", "warning: small is not, nor is {rows.7}"],
            await File.ReadAllLinesAsync(
                Directory.EnumerateFiles(Path.Combine(_rig.StoreFolder, "runs", record.Id), "chosen*.log").Single()));
    }

    [Fact]
    public async Task A_renamed_stage_reruns_nothing_and_is_shown_under_its_new_name()
    {
        await _rig.RunAsync(Choosing("small", "large", Second));

        var record = await _rig.RunAsync(Choosing("tiny", "huge", Second));

        Assert.Equal("tiny:reused huge:reused chosen:reused", EngineRig.Outcomes(record));
        Assert.Equal(["huge is the second of {these}", "tiny is not, nor is {rows.7}"], Lines());
        Assert.Equal("huge: 1 row", EngineRig.Stage(record, "chosen").Note);
    }

    [Fact]
    public async Task What_is_handed_on_keeps_its_id_and_is_named_in_the_note()
    {
        var record = await _rig.RunAsync(Choosing("small", "large", Second));

        Assert.Equal(EngineRig.TableOf(record, "large").Id, EngineRig.TableOf(record, "chosen").Id);
        Assert.Equal("large: 1 row", EngineRig.Stage(record, "chosen").Note);
    }

    [Fact]
    public async Task What_is_handed_on_and_damaged_is_made_again()
    {
        var first = await _rig.RunAsync(Choosing("small", "large", Second));
        var table = Path.Combine(EngineRig.TableOf(first, "chosen").Directory, Table.FileName);
        File.SetAttributes(table, FileAttributes.Normal);
        File.Delete(table);

        var record = await _rig.RunAsync(Choosing("small", "large", Second));

        Assert.Equal("small:reused large:ran chosen:reused", EngineRig.Outcomes(record));
        Assert.Equal(20, EngineRig.Number(record, "chosen"));
    }

    [Fact]
    public async Task A_failure_names_ids()
    {
        var record = await _rig.RunAsync(Choosing("small", "large", Failing));

        var failed = (StageOutcome.Failed)EngineRig.Stage(record, "chosen").Outcome;
        Assert.Equal(("large is too small.", "Look at large."), (failed.Message, failed.Help));
    }

    private static FakePipeline Choosing(string first, string second, FakeKind kind) =>
        new FakePipeline().Add(first, with: ("add", "10")).Add(second, with: ("add", "20")).Add("chosen", $"{first} {second}", kind);

    private IEnumerable<string> Lines() =>
        _rig.Events.OfType<RunEvent.StageLogged>().Where(logged => logged.StageId == "chosen").Select(logged => logged.Line);
}
