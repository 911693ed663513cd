using System.Net;
using Pipelines.Runner.Storage;
using Pipelines.TestKit.Engine;
using Pipelines.TestKit.Sharing;

namespace Pipelines.Tests.Runner.Storage.Sharing;

/// <summary>A server that is slow, away, full or lying costs one warning and nothing else.</summary>
public sealed class CacheServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Team _team = new();
    private readonly CacheServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _team.Dispose();
    }

    [Fact]
    public async Task Results_go_to_a_server_and_come_from_it_contents_first()
    {
        await _team.MakeAndPushAsync(Cache());

        var puts = _server.Requests.Select(request => request.What).Where(what => what.StartsWith("PUT", StringComparison.Ordinal));
        Assert.Equal("cas cas ac cas ac", string.Join(' ', puts.Select(what => what.Split(' ', '/')[1])));
        var cache = Cache();
        Assert.Equal("a:reused b:reused", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.Null(cache.Problem);
    }

    [Fact]
    public async Task A_name_in_the_address_is_sent_and_never_shown()
    {
        UriBuilder address = new(_server.Address) { UserName = "ada", Password = "p%40ss" };
        using var cache = SharedCache.At(address.Uri, null, Patience, null);
        await _team.TakeAsync(cache);

        Assert.Equal(_server.Address.AbsoluteUri, cache.Name);
        Assert.All(_server.Requests, request => Assert.Equal("Basic YWRhOnBAc3M=", request.Authorization));
    }

    [Fact]
    public async Task A_header_is_sent_with_every_request()
    {
        await _team.MakeAndPushAsync(SharedCache.At(_server.Address, new("Authorization", "Bearer abc"), Patience, null));

        Assert.All(_server.Requests, request => Assert.Equal("Bearer abc", request.Authorization));
    }

    [Theory]
    [InlineData(401, "answers 401 Unauthorized (a header or a line in netrc may be missing: docs/shared-cache.md); it is not asked again",
        1)]
    [InlineData(500, "answers 500 Internal Server Error (and 1 more)", 2)]
    [InlineData(302, "answers 302 Found (and 1 more)", 2)]
    public async Task A_server_that_refuses_is_said_to_once(int code, string problem, int asked)
    {
        _server.Instead = (context, _) =>
        {
            context.Response.StatusCode = code;
            return Task.FromResult(true);
        };
        var cache = Cache();

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.EndsWith(problem, cache.Problem, StringComparison.Ordinal);
        Assert.Equal(asked, _server.Requests.Count);
    }

    [Fact]
    public async Task A_full_server_gets_no_record_of_what_it_did_not_take()
    {
        _server.Instead = (context, what) =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.InsufficientStorage;
            return Task.FromResult(what.StartsWith("PUT cas", StringComparison.Ordinal));
        };
        var cache = Cache();

        Assert.All(await _team.MakeAndPushAsync(cache), Assert.Null);
        Assert.Empty(_server.Blobs);
        Assert.Contains("it answers 507 Insufficient Storage", cache.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_server_is_not_waited_for_twice()
    {
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Instead = async (_, _) =>
        {
            await end.Task;
            return false;
        };
        var cache = SharedCache.At(_server.Address, null, TimeSpan.FromMilliseconds(100), null);

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        end.SetResult();
        Assert.Single(_server.Requests);
        Assert.Matches("is too slow: ac/[0-9a-f]{64} took longer than 0.1 s, beside the time of its bytes; it is not asked again$",
            cache.Problem!);
    }

    [Fact]
    public async Task An_answer_that_ends_early_is_not_taken()
    {
        await _team.MakeAndPushAsync(Cache());
        _server.Instead = async (context, what) =>
        {
            if (!what.StartsWith("GET cas", StringComparison.Ordinal))
                return false;
            context.Response.ContentLength64 = _server.Blobs[what[4..]].Length;
            await context.Response.OutputStream.WriteAsync(_server.Blobs[what[4..]].AsMemory(0, 1));
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
            return true;
        };
        var cache = Cache();

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.Contains("cannot be used", cache.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_said_to_be()
    {
        _server.Dispose();
        var cache = Cache();

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(await _team.TakeAsync(cache)));
        Assert.Contains("refused", cache.Problem!, StringComparison.Ordinal);
    }

    private SharedCache Cache() => SharedCache.At(_server.Address, null, Patience, null);
}
