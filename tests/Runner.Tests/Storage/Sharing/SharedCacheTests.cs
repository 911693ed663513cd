using System.Globalization;
using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage.Sharing;

/// <summary>What one machine gives is what another takes, and nothing else is taken.</summary>
public sealed class SharedCacheTests : IDisposable
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a key that the team has");
    private static readonly byte[] AnotherKey = Encoding.UTF8.GetBytes("a stranger's key");

    private readonly Team _team = new();
    private readonly MemoryPlace _place = new();

    private SharedCache Cache => new(_place, null);

    public void Dispose() => _team.Dispose();

    [Fact]
    public async Task A_second_machine_runs_nothing_and_has_the_same_bytes()
    {
        await _team.MakeAndPushAsync(Cache);

        var record = await _team.TakeAsync(Cache);

        Assert.Equal("a:reused b:reused", EngineRig.Outcomes(record));
        Assert.Equal(0, _team.Second.Calls);
        Assert.All(record.Stages, stage => Assert.Equal("memory", ((StageOutcome.Reused)stage.Outcome).Origin));
        Assert.Equal(ObjectsOf(_team.First), ObjectsOf(_team.Second));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_team.Second.StoreFolder, "tmp")));
    }

    [Fact]
    public async Task What_came_once_is_in_the_store_and_still_said_to_come_from_elsewhere()
    {
        await _team.MakeAndPushAsync(Cache);
        await _team.TakeAsync(Cache);
        _place.Read.Clear();

        var record = await _team.TakeAsync(Cache);

        Assert.Empty(_place.Read);
        Assert.Equal("memory", ((StageOutcome.Reused)record.Stages[1].Outcome).Origin);
    }

    [Fact]
    public async Task Where_a_result_came_from_is_not_given_on()
    {
        await _team.MakeAndPushAsync(Cache);
        var before = _place.Blobs.ToDictionary();
        var record = await _team.TakeAsync(Cache);
        _place.Blobs.Clear();
        using var store = _team.Second.OpenStore();
        foreach (var stage in record.Stages)
            Assert.NotNull(await Cache.PushAsync(store, Team.FingerprintOf(stage), default));

        Assert.Equal(before, _place.Blobs);
    }

    [Fact]
    public async Task What_is_forced_is_not_asked_for()
    {
        await _team.MakeAndPushAsync(Cache);
        _team.Second.Options = _team.Second.Options with { Force = new HashSet<string> { "a", "b" } };

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(Cache)));
        Assert.Empty(_place.Read);
    }

    [Fact]
    public async Task A_result_that_is_not_whole_is_not_given()
    {
        await _team.First.RunAsync(Team.Pipeline);
        var table = Directory.GetFiles(_team.First.StoreFolder, "rows.parquet", SearchOption.AllDirectories)[0];
        new FileInfo(table) { IsReadOnly = false }.Refresh();
        var bytes = await File.ReadAllBytesAsync(table);
        bytes[5] ^= 1;
        await File.WriteAllBytesAsync(table, bytes);
        using var store = _team.First.OpenStore();
        var actions = Directory.GetFiles(Path.Combine(_team.First.StoreFolder, "actions"), "*", SearchOption.AllDirectories);

        List<long?> sent = [];
        foreach (var action in actions)
            sent.Add(await Cache.PushAsync(store, new(Path.GetFileNameWithoutExtension(action)), default));

        Assert.Single(sent, one => one is null);
        Assert.Single(_place.Blobs.Keys, blob => blob.StartsWith("ac/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_cache_has_lost_is_a_miss_without_a_word()
    {
        await _team.MakeAndPushAsync(Cache);
        foreach (var blob in _place.Blobs.Keys.Where(blob => blob.StartsWith("cas/", StringComparison.Ordinal)).ToList())
            _place.Blobs.Remove(blob);
        var cache = Cache;

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.Null(cache.Problem);
    }

    [Fact]
    public async Task What_is_there_is_not_sent_again()
    {
        Assert.All(await _team.MakeAndPushAsync(Cache), sent => Assert.True(sent > 0));
        Assert.All(await _team.MakeAndPushAsync(Cache), sent => Assert.Equal(0, sent));
    }

    [Theory]
    [InlineData(false, true, "has a record that is not signed")]
    [InlineData(true, false, null)]
    [InlineData(true, true, null)]
    public async Task With_a_key_only_what_it_signed_is_taken(bool isSigned, bool hasKey, string? problem)
    {
        await _team.MakeAndPushAsync(new(_place, isSigned ? Key : null));
        SharedCache cache = new(_place, hasKey ? Key : null);

        Assert.Equal(problem is null ? "a:reused b:reused" : "a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.StartsWith(problem is null ? "" : $"the shared cache memory {problem}", cache.Problem ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strangers_record_is_refused_and_replaced_by_who_has_the_key()
    {
        await _team.MakeAndPushAsync(new(_place, AnotherKey));
        SharedCache cache = new(_place, Key);

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.Contains("is signed with another key", cache.Problem!, StringComparison.Ordinal);

        await _team.MakeAndPushAsync(new(_place, Key));
        _team.Renew();
        Assert.Equal("a:reused b:reused", EngineRig.Outcomes(await _team.TakeAsync(new(_place, Key))));
    }

    [Fact]
    public async Task The_record_of_another_result_is_refused()
    {
        await _team.MakeAndPushAsync(Cache);
        var records = _place.Blobs.Keys.Where(blob => blob.StartsWith("ac/", StringComparison.Ordinal)).ToList();
        (_place.Blobs[records[0]], _place.Blobs[records[1]]) = (_place.Blobs[records[1]], _place.Blobs[records[0]]);
        var cache = Cache;

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.Matches("^the shared cache memory has a record that is damaged: ac/[0-9a-f]{64} \\(and 1 more\\)$", cache.Problem!);
    }

    /// <summary>A bit, a cut, something more, nothing, or another blob: always in what is read, and never taken.</summary>
    [Fact]
    public async Task None_of_many_changed_answers_is_taken()
    {
        var answers = int.Parse(Environment.GetEnvironmentVariable("SOAK_ANSWERS") ?? "60", CultureInfo.InvariantCulture);
        await _team.MakeAndPushAsync(Cache);
        Random random = new(20261129);
        var others = _place.Blobs.Values.ToList();
        for (var number = 0; number < answers; number++)
        {
            var left = 0;
            var isChanged = false;
            _place.Given = (_, content) =>
            {
                if (left-- != 0)
                    return content;
                isChanged = true;
                return Changed(content, others, random);
            };
            using var store = _team.Second.OpenStore();
            var cache = Cache;
            foreach (var blob in _place.Blobs.Keys.Where(blob => blob.StartsWith("ac/", StringComparison.Ordinal)).ToList())
            {
                left = random.Next(3);
                isChanged = false;
                using var arrived = await cache.FetchAsync(store, new(blob[3..]), default);
                Assert.True(arrived is null == isChanged, $"answer {number}: {cache.Problem}");
            }
        }
    }

    [Fact]
    public async Task A_folder_serves_as_well_and_may_be_served_by_a_web_server()
    {
        using TempWorkspace folder = new();
        await _team.MakeAndPushAsync(SharedCache.In(folder.Root, null));
        Assert.All(folder.Files(), file => Assert.Matches("^(ac|cas)/[0-9a-f]{64}$", file));

        Assert.Equal("a:reused b:reused", EngineRig.Outcomes(await _team.TakeAsync(SharedCache.In(folder.Root, null))));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_made()
    {
        using TempWorkspace folder = new();
        var missing = Path.Combine(folder.Root, "not mounted");
        var cache = SharedCache.In(missing, null);

        Assert.All(await _team.MakeAndPushAsync(cache), Assert.Null);
        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.Equal($"the shared cache {missing} is no folder; it is not asked again", cache.Problem);
        Assert.False(Directory.Exists(missing));
    }

    private static byte[] Changed(byte[] content, List<byte[]> others, Random random)
    {
        var changed = content.ToArray();
        switch (random.Next(5))
        {
            case 0:
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                return changed;
            case 1:
                return changed[..random.Next(changed.Length)];
            case 2:
                return [.. changed, (byte)random.Next(256)];
            case 3:
                return [];
            default:
                var other = others[random.Next(others.Count)];
                return other.AsSpan().SequenceEqual(content) ? [0] : other;
        }
    }

    private static IEnumerable<(string, string)> ObjectsOf(EngineRig rig) =>
        rig.Workspace.Files(".pipelines/v1/objects").Select(file => (file, rig.Workspace.Read(file)));
}
