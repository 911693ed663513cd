using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage;

public sealed class CacheCareTests : IDisposable
{
    private readonly EngineRig _rig = new();

    [Fact]
    public async Task Results_are_listed_with_kind_run_and_size()
    {
        var record = await _rig.RunAsync(new FakePipeline().Add("a").Add("b", "a", with: ("add", "2")));

        var results = CacheInventory.Of(_rig.Workspace.Root);

        Assert.Equal(
            [("sum", record.Id, "1 row"), ("sum", record.Id, "1 row")], results.Select(result => (result.Kind, result.Run, result.Note!)));
        Assert.All(results, result => Assert.True(result.Bytes > 0));
    }

    [Fact]
    public async Task Verifying_finds_a_flipped_byte_and_evicting_heals()
    {
        var record = await _rig.RunAsync(new FakePipeline().Add("a").Add("b", "a", with: ("add", "2")));
        Assert.Empty(CacheVerification.Of(_rig.Workspace.Root, evict: false).Damaged);
        var file = Path.Combine(EngineRig.TableOf(record, "a").Directory, "rows.parquet");
        File.SetAttributes(file, FileAttributes.Normal);
        File.WriteAllText(file, File.ReadAllText(file).Replace('1', '7'));

        var found = CacheVerification.Of(_rig.Workspace.Root, evict: true);

        Assert.Equal(2, found.Objects);
        Assert.Equal(
            $"object damaged: {EngineRig.TableOf(record, "a").Id}, the content of rows.parquet has changed", Assert.Single(found.Damaged));
        Assert.Equal(
            "a:ran b:reused", EngineRig.Outcomes(await _rig.RunAsync(new FakePipeline().Add("a").Add("b", "a", with: ("add", "2")))));
    }

    [Fact]
    public async Task Collecting_keeps_what_was_last_used_and_what_the_last_runs_used()
    {
        await _rig.RunAsync(With("1"));
        await _rig.RunAsync(With("2"));
        await _rig.RunAsync(With("3"));

        Assert.Equal(0, Collect(keepRuns: 3, dryRun: true).Results);
        Assert.Equal(2, Collect(keepRuns: 1, dryRun: true).Results);
        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));

        var collected = Collect(keepRuns: 1, dryRun: false);

        Assert.Equal((2, 2), (collected.Results, collected.Objects));
        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));
        Assert.Equal("a:ran", EngineRig.Outcomes(await _rig.RunAsync(With("2"))));
    }

    [Fact]
    public async Task Collecting_by_age_leaves_what_is_young()
    {
        var first = await _rig.RunAsync(With("1"));
        await _rig.RunAsync(With("2"));
        await _rig.RunAsync(With("3"));
        File.SetLastWriteTimeUtc(ActionFileOf(first), DateTime.UtcNow.AddDays(-8));

        var collected = CacheCollection.Of(
            _rig.Workspace.Root, new(KeepRuns: 1, OlderThan: TimeSpan.FromDays(7)), dryRun: false, TimeProvider.System);

        Assert.Equal((1, 1), (collected.Results, collected.Objects));
        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(With("2"))));
        Assert.Equal("a:ran", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));
    }

    [Fact]
    public async Task Collecting_by_size_takes_the_oldest_until_the_rest_fits_and_never_what_is_needed()
    {
        foreach (var (add, age) in new[] { ("1", 3), ("2", 2), ("3", 1) })
            File.SetLastWriteTimeUtc(ActionFileOf(await _rig.RunAsync(With(add))), DateTime.UtcNow.AddDays(-age));
        var all = Collect(keepRuns: 3, dryRun: true).Left;

        var one = CacheCollection.Of(_rig.Workspace.Root, new(KeepRuns: 1, MaxBytes: all - 1), dryRun: true, TimeProvider.System);
        var most = CacheCollection.Of(_rig.Workspace.Root, new(KeepRuns: 1, MaxBytes: 0), dryRun: true, TimeProvider.System);

        Assert.Equal(
            0, CacheCollection.Of(_rig.Workspace.Root, new(KeepRuns: 1, MaxBytes: all), dryRun: true, TimeProvider.System).Results);
        Assert.Equal((1, all), (one.Results, one.Bytes + one.Left));
        Assert.Equal(CacheInventory.Of(_rig.Workspace.Root)[^1].Fingerprint, Assert.Single(one.Removed).Fingerprint);
        Assert.Equal(2, most.Results);
        Assert.True(most.Left > 0);
    }

    [Fact]
    public async Task Collecting_keeps_what_a_lock_file_names()
    {
        PipelineLock.Of(await _rig.RunAsync(With("1"))).Save(_rig.Workspace.Write("pipelines/test.lock.json", ""));
        await _rig.RunAsync(With("2"));
        Collect(keepRuns: 0, dryRun: false);

        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));
    }

    [Fact]
    public async Task Collecting_waits_for_no_run_and_disturbs_none()
    {
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new FakeArtifactWriter(folder));
        using var claim = await store.ClaimAsync(
            ContentHash.Of("x"u8), new(ContentHash.Of("x"u8), IsKept: false), _ => { }, CancellationToken.None);
        using var workspace = claim.Open(fresh: false);

        Assert.Throws<StorageException>(() => Collect(keepRuns: 0, dryRun: false));
    }

    [Fact]
    public async Task Collecting_keeps_what_a_lock_file_outside_of_pipelines_names()
    {
        PipelineLock.Of(await _rig.RunAsync(With("1"))).Save(_rig.Workspace.Write("experiments/deep/test.lock.json", ""));
        _rig.Workspace.Write("packages.lock.json", "{ \"version\": 1 }");
        await _rig.RunAsync(With("2"));
        Collect(keepRuns: 0, dryRun: false);

        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));
    }

    [Fact]
    public async Task Nothing_is_collected_while_a_lock_file_cannot_be_read()
    {
        await _rig.RunAsync(With("1"));
        await _rig.RunAsync(With("2"));
        _rig.Workspace.Write("pipelines/test.yaml", "");
        _rig.Workspace.Write("pipelines/test.lock.json", "<<<<<<< HEAD\n");

        var error = Assert.Throws<StorageException>(() => Collect(keepRuns: 0, dryRun: false));

        Assert.Contains("test.lock.json is no lock file of this version", error.Message, StringComparison.Ordinal);
        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));
    }

    [Fact]
    public async Task Nothing_is_collected_while_a_run_goes_on_that_has_written_nothing_yet()
    {
        await _rig.RunAsync(With("1"));
        await _rig.RunAsync(With("2"));
        var refused = 0;
        _rig.OnEvent = happened =>
        {
            if (happened is RunEvent.StageFinished && Record.Exception(() => Collect(keepRuns: 0, dryRun: false)) is StorageException)
                refused++;
        };

        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));

        Assert.Equal(1, refused);
    }

    [Fact]
    public async Task Collecting_keeps_what_a_killed_run_has_made()
    {
        var killed = await _rig.RunAsync(With("1"));
        File.WriteAllText(Path.Combine(_rig.StoreFolder, "runs", killed.Id + ".json"), "");
        Directory.Delete(Path.Combine(_rig.StoreFolder, "runs", "last"), recursive: true);

        Assert.Equal(0, Collect(keepRuns: 1, dryRun: false).Results);
        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));
    }

    [Fact]
    public async Task Collecting_clears_away_what_a_killed_process_was_making()
    {
        await _rig.RunAsync(With("1"));
        _rig.Workspace.Write(".pipelines/v1/tmp/0123456789abcdef0123456789abcdef/1/rows.parquet", "half");

        Collect(keepRuns: 1, dryRun: false);

        Assert.Empty(_rig.Workspace.Files(".pipelines/v1/tmp"));
    }

    [Theory]
    [InlineData("\"a\": 1, \"a\": 1")]
    [InlineData("\"a\": { \"kind\": \"k\", \"fingerprint\": 7 }")]
    public void A_lock_file_that_git_merged_badly_is_none(string stages) =>
        Assert.Null(PipelineLock.Read(
            _rig.Workspace.Write("p.lock.json", $$"""{ "format": "pipelines lock 1", "pipeline": "p", "stages": { {{stages}} } }""")));

    [Fact]
    public async Task A_lock_file_in_which_an_output_stands_twice_is_none()
    {
        var path = _rig.Workspace.Write("p.lock.json", "");
        PipelineLock.Of(await _rig.RunAsync(With("1"))).Save(path);
        var text = await File.ReadAllTextAsync(path);
        var line = text.Split('\n').First(line => line.Contains("\"rows.n\"", StringComparison.Ordinal)).TrimEnd(',');
        await File.WriteAllTextAsync(path, text.Replace("\"outputs\": {", $"\"outputs\": {{\n{line},", StringComparison.Ordinal));

        Assert.Null(PipelineLock.Read(path));
    }

    [Fact]
    public async Task What_another_process_has_repaired_is_not_taken_out_again()
    {
        var table = EngineRig.TableOf(await _rig.RunAsync(With("1")), "a");
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new FakeArtifactWriter(folder));

        store.Evict(table, evenWhole: false);
        Assert.True(Directory.Exists(table.Directory));

        store.Evict(table, evenWhole: true);
        Assert.False(Directory.Exists(table.Directory));
    }

    [Fact]
    public async Task A_store_that_is_deleted_during_a_run_fails_the_stage_and_not_the_run()
    {
        var deleting = new FakeKind("deleting", async call =>
        {
            var made = await call.TableAsync(("n", 1));
            Directory.Delete(Path.Combine(_rig.Workspace.Root, ".pipelines"), recursive: true);
            return made;
        });

        var record = await _rig.RunAsync(new FakePipeline().Add("a", kind: deleting));

        Assert.Contains("was removed during the run", Assert.IsType<StageOutcome.Failed>(EngineRig.Stage(record, "a").Outcome).Message,
            StringComparison.Ordinal);
        Assert.Equal("a:ran", EngineRig.Outcomes(await _rig.RunAsync(With("1"))));
    }

    [Fact]
    public async Task A_lock_file_comes_back_and_says_what_differs()
    {
        var path = _rig.Workspace.Write("pipelines/test.lock.json", "");
        var first = PipelineLock.Of(await _rig.RunAsync(Measured("1")));
        first.Save(path);

        var same = Reproduction.Compare(PipelineLock.Read(path)!, first, tolerance: 0);
        var other = Reproduction.Compare(PipelineLock.Read(path)!, PipelineLock.Of(await _rig.RunAsync(Measured("2"))), tolerance: 0.5);
        var near = Reproduction.Compare(PipelineLock.Read(path)!, PipelineLock.Of(await _rig.RunAsync(Measured("2"))), tolerance: 1);

        Assert.All(same, stage => Assert.Equal(ReproductionVerdict.Identical, stage.Verdict));
        Assert.Equal(
            [ReproductionVerdict.Identical, ReproductionVerdict.Different, ReproductionVerdict.WithinTolerance],
            new[] { same, other, near }.Select(Reproduction.Overall));
        Assert.Equal(["a Different: rows.n", "m Different: test.f1 1 → 2"], other.Select(Text));
        Assert.Equal(["a Different: rows.n", "m WithinTolerance: test.f1 1 → 2"], near.Select(Text));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_says_so()
    {
        _rig.Workspace.Write(".pipelines", "a file where a folder should be");

        var error = await Assert.ThrowsAsync<StorageException>(() => _rig.RunAsync(With("1")));

        Assert.Contains(".pipelines", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _rig.Dispose();

    private static string Text(ReproducedStage stage) => $"{stage.Id} {stage.Verdict}: {string.Join(", ", stage.Differences)}";

    private CacheCollection Collect(int keepRuns, bool dryRun) =>
        CacheCollection.Of(_rig.Workspace.Root, new(keepRuns), dryRun, TimeProvider.System);

    private string ActionFileOf(RunRecord run)
    {
        var fingerprint = Assert.Single(CacheInventory.Of(_rig.Workspace.Root), result => result.Run == run.Id).Fingerprint.Hex;
        return Assert.Single(Directory.EnumerateFiles(
            Path.Combine(_rig.Workspace.Root, ".pipelines", "v1", "actions"), $"{fingerprint}.json", SearchOption.AllDirectories));
    }

    private static FakePipeline With(string add) => new FakePipeline().Add("a", with: ("add", add));

    private static FakePipeline Measured(string add) => With(add).Add("m", "a", new("measuring", async call => FakeCall.Of(
        await call.Context.Write.MetricsAsync(
            new Dictionary<string, double> { ["test.f1"] = FakeArtifactWriter.Read(call.Tables[0], "n")[0] }, call.Cancellation))));
}
