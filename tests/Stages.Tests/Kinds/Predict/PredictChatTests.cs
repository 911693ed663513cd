using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Compare;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Kinds.Predict;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Tests.Stages.Models.Chat;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class PredictChatTests : IDisposable
{
    private const string Key = "a-secret-key";

    private static readonly string[] Texts = ["a good film", "a bad film", "a film"];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Answers_stand_beside_those_of_models()
    {
        using ChatServer server = new(ChatServer.Says("up"), ChatServer.Says("Up!"), ChatServer.Says("who knows"));

        var outputs = await AskAsync(server.Endpoint, Key, new() { Texts = Texts }, ("models", (await RulesAsync())["model"]));

        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["predictions"]));
        Assert.Equal(["up", "up", "?"], rows.Values<string>("predicted").Items);
        Assert.Equal([1, 1, 0], rows.Values<double>("confidence").Items);
        Assert.Equal((1 / 3.0, 1.0), (outputs.MetricsOf()["model_1.agreement"], outputs.MetricsOf()["unclear_answers"]));
        var answers = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "chat_answers")!;
        Assert.Equal([true, false, false], answers["rows"]!.AsArray().Select(row => (bool)row![3]!));
    }

    [Fact]
    public async Task Without_a_key_the_rules_answer_and_say_so()
    {
        var rules = await RulesAsync();

        var outputs = await AskAsync(ChatServer.Nobody(), key: null, new() { Texts = Texts }, ("without_key", rules["model"]));

        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["predictions"]));
        Assert.Equal(["up", "down", "none"], rows.Values<string>("predicted").Items);
        Assert.Contains("warning: CHAT_KEY is not set: {without_key.0} answers in the place of small", _run.Lines);
        Assert.Contains(StageRun.CardOf(outputs)["items"]!.AsArray(), item => (string)item!["name"]! == "answered_without_key");
    }

    [Fact]
    public async Task Without_key_and_rules_it_is_said_what_to_do()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => AskAsync(ChatServer.Nobody(), key: null, new() { Texts = Texts }));

        Assert.Equal("key", error.Parameter);
        Assert.StartsWith("set it, or name a model", error.Help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_answered_is_not_asked_again()
    {
        using ChatServer server = new(ChatServer.Says("up"), ChatServer.Sends(500, "no"));
        await Assert.ThrowsAsync<StageException>(() => AskAsync(server.Endpoint, Key, new() { Texts = Texts }));

        // A line that was being written when the process was killed.
        await File.AppendAllTextAsync(Path.Combine(_run.Context().WorkDirectory, "answers.jsonl"), "{\"question\": \"0");
        using ChatServer recovered = new(ChatServer.Says("down"));
        var outputs = await AskAsync(recovered.Endpoint, Key, new() { Texts = Texts });

        Assert.Equal(["a bad film", "a film"], recovered.Requests.Select(request => (string?)request.Body["messages"]![1]!["content"]));
        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["predictions"]));
        Assert.Equal(["up", "down", "down"], rows.Values<string>("predicted").Items);
    }

    [Fact]
    public async Task The_key_is_in_no_file_and_no_line()
    {
        using ChatServer server = new(ChatServer.Sends(503, $"who is {Key}?"), ChatServer.Says("up"));

        await AskAsync(server.Endpoint, Key, new() { Texts = Texts });

        Assert.DoesNotContain(_run.Lines, line => line.Contains(Key, StringComparison.Ordinal));
        Assert.All(Directory.EnumerateFiles(_run.Folder, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(Key, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drawn_rows_can_be_compared_with_those_of_a_model()
    {
        var table = await TableAsync();
        var rules = await RulesAsync();
        using ChatServer server = new(ChatServer.Says("up"));

        var outputs = await AskAsync(server.Endpoint, Key, new() { Count = 10 }, ("rows", table));
        var scores = await _run.RunAsync(new EvaluateClasses(), new EvaluateClasses.Params(), ("model", rules["model"]), ("rows", table));
        var compared = await _run.RunAsync(
            new CompareModels(), new CompareModels.Params(Resamples: 100), ("predictions", outputs["predictions"]),
            ("predictions", scores["predictions"]));

        Assert.Equal(0.5, outputs.MetricsOf()["accuracy"]);
        Assert.Equal(0.5, compared.MetricsOf()["test.model_2_minus_1.accuracy"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_texts_or_rows_are_asked_about(bool both)
    {
        Asked asked = new() { Texts = both ? Texts : null };
        (string, Artifact)[] inputs = both ? [("rows", await TableAsync())] : [];

        var error = await Assert.ThrowsAsync<StageException>(() => AskAsync(ChatServer.Nobody(), Key, asked, inputs));

        Assert.Equal("texts", error.Parameter);
    }

    private Task<Table> TableAsync() =>
        _run.TextsAsync(("train", "a good film", "up"), ("test", "a good film", "up"), ("test", "a bad film", "down"));

    private async Task<ArtifactSet> RulesAsync() => await _run.RunAsync(
        new TrainRules(),
        new TrainRules.Params(new Dictionary<string, IReadOnlyList<string>> { ["up"] = ["good"], ["down"] = ["bad"] }, Otherwise: "none"),
        ("rows", await TableAsync()));

    private Task<ArtifactSet> AskAsync(Uri endpoint, string? key, Asked asked, params (string Port, Artifact Artifact)[] inputs)
    {
        PredictChat.Params parameters = new(
            ["up", "down"], asked.Texts, Count: asked.Count, Endpoint: endpoint.ToString(), Model: "small", Key: "CHAT_KEY",
            RequestsPerMinute: 1e6, Retries: 1, Pause: 0.01);
        return ((IStage)new PredictChat()).RunAsync(
            new(inputs.GroupBy(input => input.Port)
                .ToDictionary(port => port.Key, IReadOnlyList<Artifact> (port) => [.. port.Select(input => input.Artifact)])),
            parameters, _run.Context() with { Secret = key }, CancellationToken.None);
    }

    private sealed record Asked
    {
        public string[]? Texts { get; init; }

        public int Count { get; init; } = 20;
    }
}
