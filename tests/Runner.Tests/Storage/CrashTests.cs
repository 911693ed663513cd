using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage;

/// <summary>The disk as a kill would leave it after every step of a commit.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly EngineRig _rig = new();

    [Fact]
    public async Task After_a_kill_at_any_step_the_next_run_ends_as_if_nothing_had_happened()
    {
        var pipeline = new FakePipeline().Add("a").Add("b", "a", with: ("add", "2")).Add("c", "b", with: ("add", "3"));
        var snapshots = new List<(string Step, string Folder)>();
        var expected = Shape(await RunAsync(_rig.Workspace.Root, pipeline, step =>
        {
            var folder = Path.Combine(Path.GetTempPath(), $"snapshot-{Guid.NewGuid():N}");
            Copy(_rig.Workspace.Root, folder);
            snapshots.Add((step, folder));
        }));
        Assert.True(snapshots.Count >= 12, $"only {snapshots.Count} steps");

        foreach (var (step, folder) in snapshots)
        {
            var record = await RunAsync(folder, pipeline, _ => { });
            Assert.True(expected == Shape(record), $"after '{step}': {EngineRig.Outcomes(record)}");
            Assert.Equal("a:reused b:reused c:reused", EngineRig.Outcomes(await RunAsync(folder, pipeline, _ => { })));
            if (record.Stages.Any(stage => stage.Outcome is StageOutcome.Ran))
                Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder, ".pipelines", "v1", "tmp")));
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_kill_while_a_damaged_object_is_replaced_loses_nothing()
    {
        var pipeline = new FakePipeline().Add("a").Add("b", "a");
        var first = await _rig.RunAsync(pipeline);
        var expected = Shape(first);
        var damaged = Path.Combine(EngineRig.TableOf(first, "a").Directory, "rows.parquet");
        File.SetAttributes(damaged, FileAttributes.Normal);
        File.WriteAllText(damaged, "");
        var folders = new List<string>();
        await RunAsync(_rig.Workspace.Root, pipeline, _ =>
        {
            folders.Add(Path.Combine(Path.GetTempPath(), $"snapshot-{Guid.NewGuid():N}"));
            Copy(_rig.Workspace.Root, folders[^1]);
        });
        Assert.NotEmpty(folders);

        foreach (var folder in folders)
        {
            Assert.Equal(expected, Shape(await RunAsync(folder, pipeline, _ => { })));
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => _rig.Dispose();

    private async Task<RunRecord> RunAsync(string root, FakePipeline pipeline, Action<string> step)
    {
        using var store = new ArtifactStore(root, folder => new FakeArtifactWriter(folder), step);
        var storage = new ProjectStorage(store, new InputFiles(root, TimeProvider.System), new RunStore(root));
        return await new PipelineRunner(storage, _rig, TimeProvider.System, pipeline.Create)
            .RunAsync(pipeline.Plan(root), _rig.Options with { ProjectRoot = root, Jobs = 1 }, CancellationToken.None);
    }

    private static string Shape(RunRecord record) =>
        string.Join(' ', record.Stages.Select(stage => $"{stage.Id}={EngineRig.Number(record, stage.Id)}"));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // Lock files are held by the run that is being photographed; their content does not matter.
            if (file.EndsWith(".lock", StringComparison.Ordinal) || file.Contains("/locks/", StringComparison.Ordinal))
                File.WriteAllText(target, "");
            else
                File.Copy(file, target);
        }
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
    }
}
