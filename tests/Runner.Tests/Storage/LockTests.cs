using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage;

public sealed class LockTests : IDisposable
{
    private static readonly ContentHash Fingerprint = ContentHash.Of("x"u8);

    private readonly EngineRig _rig = new();

    [Fact]
    public async Task A_second_holder_waits_and_is_told_for_whom()
    {
        using var first = NewStore();
        using var second = NewStore();
        var held = await first.ClaimAsync(
            Fingerprint, new(Fingerprint, IsKept: false), _ => Assert.Fail("nobody holds it"), CancellationToken.None);
        var told = new TaskCompletionSource<string>();

        var waiting = second.ClaimAsync(Fingerprint, new(Fingerprint, IsKept: false), told.SetResult, CancellationToken.None);

        Assert.Contains($"process {Environment.ProcessId}", await told.Task, StringComparison.Ordinal);
        Assert.False(waiting.IsCompleted);
        held.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var first = NewStore();
        using var second = NewStore();
        using var held = await first.ClaimAsync(Fingerprint, new(Fingerprint, IsKept: false), _ => { }, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();

        var waiting = second.ClaimAsync(Fingerprint, new(Fingerprint, IsKept: false), _ => cancellation.Cancel(), cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_lock_file_is_never_deleted()
    {
        using var store = NewStore();
        (await store.ClaimAsync(Fingerprint, new(Fingerprint, IsKept: false), _ => { }, CancellationToken.None)).Dispose();
        var file = _rig.Workspace.Files(".pipelines/v1/locks").Single();
        await _rig.RunAsync(new FakePipeline().Add("a"));

        Assert.Contains(file, _rig.Workspace.Files());
    }

    [Fact]
    public async Task Two_runs_of_the_same_pipeline_at_once_do_the_work_once()
    {
        var calls = 0;
        var kind = new FakeKind("slow", async call =>
        {
            Interlocked.Increment(ref calls);
            await Task.Delay(100, call.Cancellation);
            return await call.TableAsync(("n", call.Int("add", 0)));
        });
        var pipeline = new FakePipeline();
        for (var i = 0; i < 5; i++)
            pipeline.Add($"s{i}", kind: kind, with: ("add", $"{i}"));
        using var other = new EngineRig(_rig.Workspace);

        var records = await Task.WhenAll(Task.Run(() => _rig.RunAsync(pipeline)), Task.Run(() => other.RunAsync(pipeline)));

        Assert.Equal(5, calls);
        Assert.All(records, record => Assert.Equal([0, 1, 2, 3, 4], record.Stages.Select(stage => EngineRig.Number(record, stage.Id))));
        Assert.NotEqual(records[0].Id, records[1].Id);
    }

    [Fact]
    public async Task What_a_dead_process_left_in_tmp_is_swept_and_what_a_living_one_makes_is_not()
    {
        var left = Path.Combine(_rig.StoreFolder, "tmp", "0123456789abcdef0123456789abcdef", "1");
        Directory.CreateDirectory(left);
        using var living = NewStore();
        using var claim = await living.ClaimAsync(Fingerprint, new(Fingerprint, IsKept: false), _ => { }, CancellationToken.None);
        using var workspace = claim.Open(fresh: false);
        Directory.CreateDirectory(workspace.ScratchDirectory);

        await _rig.RunAsync(new FakePipeline().Add("a"));

        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(workspace.ScratchDirectory));
    }

    [Fact]
    public async Task A_lock_in_tmp_whose_folder_was_never_made_is_swept()
    {
        _rig.Workspace.Write(".pipelines/v1/tmp/0123456789abcdef0123456789abcdef.lock", "");
        _rig.Workspace.Write(".pipelines/v1/tmp/mine.lock", "");

        await _rig.RunAsync(new FakePipeline().Add("a"));

        Assert.Equal([".pipelines/v1/tmp/mine.lock"], _rig.Workspace.Files(".pipelines/v1/tmp"));
    }

    [Fact]
    public async Task Those_who_sweep_at_once_leave_each_other_their_folders()
    {
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, (_, _) =>
        {
            using TemporaryFolders folders = new(new(_rig.Workspace.Root));
            var mine = folders.NewFolder();
            using TemporaryFolders others = new(new(_rig.Workspace.Root));
            others.NewFolder();
            Assert.True(Directory.Exists(mine));
            return ValueTask.CompletedTask;
        });
        Assert.Empty(_rig.Workspace.Files(".pipelines/v1/tmp"));
    }

    public void Dispose() => _rig.Dispose();

    private ArtifactStore NewStore() => new(_rig.Workspace.Root, folder => new FakeArtifactWriter(folder));
}
