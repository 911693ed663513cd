using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Chat;

namespace Pipelines.Tests.Stages.Models.Chat;

/// <summary>The client against a server on this machine that is well, away, slow or rude.</summary>
public sealed class ChatClientTests : IDisposable
{
    private const string Key = "a-secret-key";

    private readonly StageRun _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task The_answer_is_that_of_the_model()
    {
        using ChatServer server = new(ChatServer.Says("positive"));

        Assert.Equal("positive", await AskAsync(server.Endpoint));

        var (authorization, length, body, _) = Assert.Single(server.Requests);
        Assert.Equal($"Bearer {Key}", authorization);
        Assert.True(length > 0, "Some servers do not read requests in chunks.");
        Assert.Equal(("small", 0, "Be brief.", "A fine film, \"très\" bon"), ((string?)body["model"], (int)body["temperature"]!,
            (string?)body["messages"]![0]!["content"], (string?)body["messages"]![1]!["content"]));
    }

    [Fact]
    public async Task What_may_pass_is_tried_again()
    {
        using ChatServer server = new(
            ChatServer.Sends(503, "busy"), ChatServer.Sends(429, "", ("Retry-After", "0")), ChatServer.HangsUp,
            ChatServer.Sends(200, "<html>"), ChatServer.Says("negative"));

        Assert.Equal("negative", await AskAsync(server.Endpoint));

        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(4, _log.Lines.Count(line => line.Contains("Trying again in", StringComparison.Ordinal)));
        Assert.Contains("answers 503: busy", _log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pauses_grow()
    {
        using ChatServer server = new(ChatServer.Sends(500, "no"));

        var error = await Assert.ThrowsAsync<StageException>(() => AskAsync(server.Endpoint, retries: 3));

        Assert.Equal(["0.01", "0.02", "0.04"], _log.Lines.Select(line => line.Split(' ')[^2]));
        Assert.True(error.MayPass);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(401, "check the key")]
    [InlineData(403, "check the key")]
    [InlineData(404, "check endpoint and model")]
    [InlineData(302, "check endpoint and model")]
    public async Task What_cannot_pass_is_said_at_once_and_without_the_key(int status, string help)
    {
        using ChatServer server = new(ChatServer.Sends(status, $"no entry for {Key}", ("Location", "https://example.org/")));

        var error = await Assert.ThrowsAsync<StageException>(() => AskAsync(server.Endpoint));

        Assert.Equal($"The chat endpoint {server.Endpoint} answers {status}: no entry for …", error.Message);
        Assert.StartsWith(help, error.Help, StringComparison.Ordinal);
        Assert.False(error.MayPass);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_away_is_named()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => AskAsync(ChatServer.Nobody(), retries: 1));

        Assert.Contains("cannot be reached: Connection refused", error.Message, StringComparison.Ordinal);
        Assert.True(error.MayPass);
    }

    [Fact]
    public async Task A_slow_server_is_not_waited_for()
    {
        using ChatServer server = new(ChatServer.Sleeps);

        var error = await Assert.ThrowsAsync<StageException>(() => AskAsync(server.Endpoint, retries: 1, timeout: 0.2));

        Assert.EndsWith("did not answer within 0.2 s.", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_cancelled_question_ends_at_once()
    {
        using ChatServer server = new(ChatServer.Sleeps);
        using CancellationTokenSource cancelled = new(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => AskAsync(server.Endpoint, timeout: 600, cancellation: cancelled.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"choices\": []}")]
    [InlineData("{\"choices\": [null]}")]
    [InlineData("{\"choices\": [{\"message\": \"positive\"}]}")]
    [InlineData("{\"choices\": [{\"message\": {\"content\": 1}}]}")]
    [InlineData("{\"choices\": [{\"message\": {\"content\": \"posi")]
    public async Task What_is_no_completion_is_shown(string body)
    {
        using ChatServer server = new(ChatServer.Sends(200, body));

        var error = await Assert.ThrowsAsync<StageException>(() => AskAsync(server.Endpoint, retries: 0));

        var shown = body.Length == 0 ? "nothing" : body;
        Assert.EndsWith($"gave something else than a chat completion: {shown}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_keep_their_distance()
    {
        using ChatServer server = new(ChatServer.Says("positive"));
        using ChatClient client = new(new(server.Endpoint, "small", RequestsPerMinute: 600, Retries: 0, Pause: 0, Timeout: 60), Key, _log);
        for (var i = 0; i < 3; i++)
            await client.AskAsync("Be brief.", "text", CancellationToken.None);

        Assert.All(server.Requests.Zip(server.Requests.Skip(1)),
            pair => Assert.True(pair.Second.At - pair.First.At > TimeSpan.FromMilliseconds(95)));
    }

    [Theory]
    [InlineData("api.mistral.ai", "is no address")]
    [InlineData("file:///etc/passwd", "is no address")]
    [InlineData("http://api.mistral.ai/v1", "unencrypted")]
    public void An_address_that_cannot_be_right_is_refused(string endpoint, string message)
    {
        var error = Assert.Throws<StageException>(() => ChatSettings.Of(endpoint, "small", 60, 0, 1, 60));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("endpoint", error.Parameter);
    }

    [Theory]
    [InlineData("positive", "positive")]
    [InlineData(" **Positive**.\n", "positive")]
    [InlineData("The label is: negative", "negative")]
    [InlineData("positive or negative", "?")]
    [InlineData("I cannot say", "?")]
    [InlineData("", "?")]
    public void The_label_is_found_in_what_was_written(string answer, string label) =>
        Assert.Equal(label, ChatLabel.In(answer, ["positive", "negative"]));

    private async Task<string> AskAsync(Uri endpoint, int retries = 4, double timeout = 60, CancellationToken cancellation = default)
    {
        using ChatClient client = new(new(endpoint, "small", RequestsPerMinute: 1e9, retries, Pause: 0.01, timeout), Key, _log);
        return await client.AskAsync("Be brief.", "A fine film, \"très\" bon", cancellation);
    }
}
