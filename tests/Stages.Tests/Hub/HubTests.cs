using Pipelines.Stages.Contracts;
using Pipelines.Stages.Hub;
using Pipelines.Stages.Kinds.Load;
using Pipelines.TestKit;
using Pipelines.TestKit.Hub;

namespace Pipelines.Tests.Stages.Hub;

public sealed class HubTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Golden.FolderOf(), "../Contract/samples/encoder");

    private readonly StageRun _run = new();
    private readonly HubServer _hub = new("org/small");
    private HubAccess _access;

    public HubTests()
    {
        _hub.AddFolder(Sample);
        _hub.Add("tf_model.h5", new byte[5000]);
        _access = new(_hub.Endpoint, Path.Combine(_run.Folder, "hub"), null, Offline: false, TimeSpan.FromMinutes(1))
        {
            Commit = HubServer.First,
            FirstPause = TimeSpan.FromSeconds(0.01),
        };
    }

    public void Dispose()
    {
        _hub.Dispose();
        _run.Dispose();
    }

    private string Repository => Path.Combine(_access.Cache, "models--org--small");

    private string Snapshot => Path.Combine(Repository, "snapshots", HubServer.First);

    [Fact]
    public async Task A_model_of_the_hub_is_that_of_the_folder_and_lies_in_the_cache_as_other_clients_know_it()
    {
        var model = await LoadAsync();
        var same = await _run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(new(Sample)));
        Assert.Equal(same["model"].Id, model.Id);
        Assert.Equal(
            ["config.json", "model.safetensors", "vocab.txt"], Directory.EnumerateFiles(Snapshot).Select(Path.GetFileName).Order());
        var target = File.ResolveLinkTarget(Path.Combine(Snapshot, "model.safetensors"), returnFinalTarget: false)!;
        Assert.Equal(Path.Combine(Repository, "blobs"), Path.GetDirectoryName(target.FullName));
        Assert.Equal(64, target.Name.Length);
        Assert.Equal(40, File.ResolveLinkTarget(Path.Combine(Snapshot, "config.json"), returnFinalTarget: false)!.Name.Length);
        Assert.All(_hub.Requests, request => Assert.DoesNotContain("tf_model", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_id_of_a_small_file_is_the_one_that_git_gives_it()
    {
        var file = _run.File("hello", "hello\n");
        // As `git hash-object` says.
        Assert.Equal("ce013625030ba8dba906f756967f9e9ca394464a", ContentId.Of(file.Path, new('0', 40)));
        Assert.Equal("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03", ContentId.Of(file.Path, new('0', 64)));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_in_the_cache_is_not_fetched_again_and_needs_no_network()
    {
        var first = await LoadAsync();
        _hub.Requests.Clear();
        _access = _access with { Offline = true };
        Assert.Equal(first.Id, (await LoadAsync()).Id);
        Assert.Empty(_hub.Requests);
    }

    [Fact]
    public async Task A_damaged_file_of_the_cache_is_fetched_again()
    {
        var first = await LoadAsync();
        var blob = File.ResolveLinkTarget(Path.Combine(Snapshot, "model.safetensors"), returnFinalTarget: true)!.FullName;
        var bytes = File.ReadAllBytes(blob);
        bytes[^1] ^= 1;
        File.WriteAllBytes(blob, bytes);
        Assert.Equal(first.Id, (await LoadAsync()).Id);
        Assert.Contains(_run.Lines, line => line.Contains("damaged in the cache", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_download_that_breaks_off_goes_on_where_it_was(bool knowsRanges)
    {
        _hub.HangsUp = (1500, 2);
        _hub.KnowsRanges = knowsRanges;
        var model = await LoadAsync();
        Assert.Equal((await _run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(new(Sample))))["model"].Id, model.Id);
        Assert.Contains(_hub.Requests, request => request.Range is not null);
    }

    [Fact]
    public async Task The_next_run_goes_on_with_what_an_interrupted_one_left()
    {
        _hub.HangsUp = (1500, int.MaxValue);
        _hub.KnowsRanges = false;
        Assert.Contains("hung up", (await RefusedAsync()).Message, StringComparison.Ordinal);
        _hub.HangsUp = default;
        _hub.KnowsRanges = true;
        _hub.Requests.Clear();
        await LoadAsync();
        Assert.Equal("bytes=1500-", _hub.Requests.First(request => request.Range is not null).Range);
    }

    [Fact]
    public async Task Another_hash_is_refused_and_not_kept()
    {
        _hub.Sent = (_, content) => [.. content[..^1], (byte)(content[^1] ^ 1)];
        var error = await RefusedAsync();
        Assert.Matches("'config.json' has the hash [0-9a-f]{40}, and the hub names [0-9a-f]{40}", error.Message);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Repository, "blobs")));
    }

    [Theory]
    [InlineData(7, "is longer than the")]
    [InlineData(-7, "broke off after")]
    public async Task Another_size_is_refused(int more, string message)
    {
        _hub.Sent = (_, content) => more > 0 ? [.. content, .. new byte[more]] : content[..^-more];
        _hub.KnowsRanges = false;
        Assert.Contains(message, (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, false, "there is no such repository, or it is not public: set HF_TOKEN")]
    [InlineData(403, true, "heck the token in HF_TOKEN")]
    [InlineData(404, false, "heck name and revision")]
    public async Task A_refusal_says_what_to_do(int status, bool hasToken, string help)
    {
        Answer(status);
        _access = _access with { Token = hasToken ? "secret" : null };
        var error = await RefusedAsync();
        Assert.Contains($"({status})", error.Message, StringComparison.Ordinal);
        Assert.Contains(help, error.Help, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", error.Message + error.Help, StringComparison.Ordinal);
        Assert.False(error.MayPass);
    }

    [Fact]
    public async Task A_commit_that_is_no_longer_there_has_moved()
    {
        _hub.Main = HubServer.Second;
        var error = await RefusedAsync();
        Assert.Contains("it has moved, or the repository was rewritten", error.Message, StringComparison.Ordinal);
        Assert.Contains(HubServer.First, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_says_nothing_is_given_up()
    {
        _hub.Instead = _ => Task.CompletedTask;
        _access = _access with { Timeout = TimeSpan.FromSeconds(0.2) };
        var error = await RefusedAsync();
        Assert.Contains("sent nothing for 0.2 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("HF_HUB_DOWNLOAD_TIMEOUT", error.Help, StringComparison.Ordinal);
        Assert.True(error.MayPass);
    }

    [Fact]
    public async Task Where_nobody_answers_every_place_that_was_looked_at_is_named()
    {
        _hub.Dispose();
        var error = await RefusedAsync();
        Assert.Contains("127.0.0.1 cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{Snapshot} (no such folder) and {_hub.Endpoint}org/small", error.Help, StringComparison.Ordinal);
        Assert.Contains($"huggingface-cli download org/small --revision {HubServer.First}", error.Help, StringComparison.Ordinal);
        Assert.True(error.MayPass);
    }

    [Fact]
    public async Task Offline_the_cache_is_the_only_place()
    {
        _access = _access with { Offline = true };
        var error = await RefusedAsync();
        Assert.Contains("HF_HUB_OFFLINE is set", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            $"looked for config.json, weights (model.safetensors or pytorch_model.bin) and a tokenizer (vocab.txt, ", error.Help);
        Assert.Empty(_hub.Requests);
    }

    [Fact]
    public async Task The_token_is_for_the_hub_and_not_for_where_it_sends_one()
    {
        _access = _access with { Token = "secret" };
        await LoadAsync();
        Assert.All(_hub.Requests.Where(request => request.Path.StartsWith("/api", StringComparison.Ordinal)),
            request => Assert.Equal("Bearer secret", request.Authorization));
        // The large file: asked for at the hub, and then in the storage.
        Assert.Equal(
            ["Bearer secret", null],
            _hub.Requests.Where(request => request.Path.EndsWith("model.safetensors", StringComparison.Ordinal))
                .Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_repository_without_what_is_needed_says_what_it_has()
    {
        using HubServer other = new("org/small");
        other.Add("config.json", "{}");
        other.Add("flax_model.msgpack", "x");
        _access = _access with { Endpoint = other.Endpoint };
        Assert.Contains("only config.json, flax_model.msgpack", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("a/b/c")]
    [InlineData("/a")]
    [InlineData("a/..")]
    [InlineData("")]
    public void A_name_that_leads_elsewhere_is_refused(string name) =>
        Assert.Equal("hub", Assert.Throws<StageException>(() => new LoadEncoder.Params(Hub: name)).Parameter);

    [Theory]
    [InlineData("rows.csv", "text,label\nfracture du bras,S42\nasthme,J45\n")]
    [InlineData("data/rows.jsonl", "{\"text\": \"fracture du bras\", \"label\": \"S42\"}\n{\"text\": \"asthme\", \"label\": \"J45\"}\n")]
    public async Task Rows_of_a_data_set_are_those_of_its_file(string file, string content)
    {
        using HubServer hub = new("datasets/org/rows");
        hub.Add(file, content);
        _access = _access with { Endpoint = hub.Endpoint };
        var outputs = await RunAsync(new LoadHub(), new LoadHub.Params("org/rows", Train: file, Select: new(Label: "label")));
        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["rows"]));
        Assert.Equal(["fracture du bras", "asthme"], rows.Values<string>("text").Items);
        Assert.Equal(["train", "train"], rows.Values<string>("split").Items);
        Assert.True(Directory.Exists(Path.Combine(_access.Cache, "datasets--org--rows", "snapshots", HubServer.First)));
    }

    [Theory]
    [InlineData("../secret.csv", "is no path inside a repository")]
    [InlineData("/etc/passwd", "is no path inside a repository")]
    [InlineData("a//b.csv", "is no path inside a repository")]
    public void A_file_of_a_data_set_lies_in_it(string file, string message)
    {
        var error = Assert.Throws<StageException>(() => new LoadHub.Params("org/rows", Train: file));
        Assert.Equal("train", error.Parameter);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_have_the_names_that_other_clients_know()
    {
        Dictionary<string, string> set = new() { ["HOME"] = "/users/a" };
        Assert.Equal("/users/a/.cache/huggingface/hub", Access().Cache);
        set["HF_HOME"] = "/data/hf";
        Assert.Equal("/data/hf/hub", Access().Cache);
        set["HF_HUB_CACHE"] = "/data/cache";
        Assert.Equal(("/data/cache", "https://huggingface.co/"), (Access().Cache, Access().Endpoint.ToString()));
        set["HF_ENDPOINT"] = "http://mirror.example";
        Assert.Equal("http://mirror.example/", Access().Endpoint.ToString());
        set["HF_TOKEN"] = "secret";
        Assert.Contains("unencrypted", Assert.Throws<StageException>(Access).Message, StringComparison.Ordinal);

        HubAccess Access() => HubAccess.Of(set.GetValueOrDefault);
    }

    private void Answer(int status) => _hub.Instead = context =>
    {
        context.Response.StatusCode = status;
        context.Response.Close();
        return Task.CompletedTask;
    };

    private async Task<StageException> RefusedAsync() => await Assert.ThrowsAsync<StageException>(LoadAsync);

    private async Task<Model> LoadAsync() => (Model)(await RunAsync(new LoadEncoder(), new LoadEncoder.Params(Hub: "org/small")))["model"];

    private Task<ArtifactSet> RunAsync(IStage stage, object parameters) =>
        stage.RunAsync(new(new Dictionary<string, IReadOnlyList<Artifact>>()), parameters, _run.Context() with { Hub = _access }, default);
}
