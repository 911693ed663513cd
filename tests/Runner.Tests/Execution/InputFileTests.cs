using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

public sealed class InputFileTests : IDisposable
{
    private static readonly FakeKind Reading = new(
        "reading", call => call.TableAsync(("n", File.ReadAllText(call.Parameters.File!.Path).Length)));

    private readonly EngineRig _rig = new();

    [Fact]
    public async Task The_content_counts_and_the_name_does_not()
    {
        _rig.Workspace.Write("data/a.csv", "abc");
        _rig.Workspace.Write("data/b.csv", "abc");
        _rig.Workspace.Write("data/c.csv", "abcd");
        await _rig.RunAsync(With("data/a.csv"));

        var same = await _rig.RunAsync(With("data/b.csv"));
        var other = await _rig.RunAsync(With("data/c.csv"));

        Assert.Equal("a:reused b:reused", EngineRig.Outcomes(same));
        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(other));
        Assert.Equal(["with.file changed (content of data/c.csv) (test.yaml:4:5)"], EngineRig.Stage(other, "a").Why);
        Assert.Equal(["from.rows.0.n changed (content of data/c.csv)"], EngineRig.Stage(other, "b").Why);
    }

    [Fact]
    public async Task A_stage_gets_the_absolute_path()
    {
        _rig.Workspace.Write("data/a.csv", "abc");

        Assert.Equal(3, EngineRig.Number(await _rig.RunAsync(With("data/a.csv")), "a"));
    }

    [Fact]
    public async Task A_folder_counts_by_the_names_and_contents_in_it()
    {
        var counting = new FakeKind("counting", call => call.TableAsync(("n", Directory.GetFiles(call.Parameters.File!.Path).Length)));
        var pipeline = new FakePipeline().Add("a", kind: counting, with: ("file", "texts"));
        _rig.Workspace.Write("texts/1.txt", "un");
        await _rig.RunAsync(pipeline);
        _rig.Workspace.Write("texts/2.txt", "deux");

        Assert.Equal(2, EngineRig.Number(await _rig.RunAsync(pipeline), "a"));
        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(pipeline)));
    }

    [Fact]
    public async Task A_script_that_is_deleted_during_the_run_is_used_but_not_kept()
    {
        _rig.Workspace.Write("a.csv", "abc");
        var deleting = new FakeKind("deleting", call =>
        {
            File.Delete(call.Parameters.File!.Path);
            return call.TableAsync(("n", 3));
        });

        await _rig.RunAsync(new FakePipeline().Add("a", kind: deleting, with: ("file", "a.csv")));
        _rig.Workspace.Write("a.csv", "abc");

        Assert.Equal(
            "a:ran", EngineRig.Outcomes(await _rig.RunAsync(new FakePipeline().Add("a", kind: deleting, with: ("file", "a.csv")))));
    }

    [Fact]
    public async Task A_file_that_changes_during_the_run_is_used_but_not_kept()
    {
        _rig.Workspace.Write("a.csv", "abc");
        var editing = new FakeKind("editing", call =>
        {
            File.WriteAllText(call.Parameters.File!.Path, "abcdef");
            return call.TableAsync(("n", 3));
        });
        var pipeline = new FakePipeline().Add("a", kind: editing, with: ("file", "a.csv")).Add("b", "a");

        var record = await _rig.RunAsync(pipeline);

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(record));
        Assert.Contains(
            new RunEvent.StageLogged("a", true, "'a.csv' changed while the stage ran: its result is used but not kept"), _rig.Events);
        _rig.Workspace.Write("a.csv", "abc");
        Assert.StartsWith("a:ran", EngineRig.Outcomes(await _rig.RunAsync(pipeline)), StringComparison.Ordinal);
    }

    [Fact]
    public void All_missing_files_are_reported_at_once_with_place_and_nearest_name()
    {
        _rig.Workspace.Write("data/train.csv", "");
        var plan = new FakePipeline().Add("a", with: ("file", "data/trian.csv")).Add("b", with: ("file", "nowhere/x.csv")).Plan();

        var found = InputFileCheck.Of(plan, only: null, new InputFiles(_rig.Workspace.Root, TimeProvider.System));

        Assert.Equal(
            [
                ("there is no file 'data/trian.csv'", "test.yaml:4:5", "did you mean 'data/train.csv'?"),
                ("there is no file 'nowhere/x.csv'", "test.yaml:14:5", $"paths are relative to {_rig.Workspace.Root}"),
            ],
            found.Select(diagnostic => (diagnostic.Message, diagnostic.At.ToString(), diagnostic.Help!)));
    }

    [Fact]
    public async Task A_file_that_vanishes_after_the_check_fails_its_stage()
    {
        var record = await _rig.RunAsync(With("gone.csv"));

        Assert.Equal("a:failed b:skipped", EngineRig.Outcomes(record));
        Assert.Equal("there is no file 'gone.csv'", ((StageOutcome.Failed)EngineRig.Stage(record, "a").Outcome).Message);
    }

    public void Dispose() => _rig.Dispose();

    private static FakePipeline With(string file) => new FakePipeline().Add("a", kind: Reading, with: ("file", file)).Add("b", "a");
}
