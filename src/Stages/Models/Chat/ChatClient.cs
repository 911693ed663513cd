using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Chat;

/// <summary>Asks an OpenAI-compatible chat endpoint, one request at a time, and again after failures that may pass.</summary>
/// <param name="key">Sent to the endpoint, and to nothing else.</param>
#pragma warning disable RS0030 // Asking a service is what this is for; its answers are the stage's result and are kept like any other.
internal sealed class ChatClient(ChatSettings settings, string key, IStageLog log) : IDisposable
{
    private const int MaxAnswerBytes = 1 << 20;
    private const int MaxBodyShown = 200;
    private const double MaxPauseSeconds = 60;

    // A redirection would take the key to another place.
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(settings.Timeout),
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    /// <exception cref="StageException">There is no answer; it says why, and whether a later try may have one.</exception>
    public async Task<string> AskAsync(string instruction, string text, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (answer, failure) = await TryAsync(instruction, text, cancellation).ConfigureAwait(false);
            await WaitAsync(TimeSpan.FromMinutes(1 / settings.RequestsPerMinute), cancellation).ConfigureAwait(false);
            if (failure is null)
                return answer!;
            if (!failure.MayPass || attempt == settings.Retries)
                throw failure.ToException();
            var pause = Math.Min(MaxPauseSeconds, failure.RetryAfter?.TotalSeconds ?? settings.Pause * Math.Pow(2, attempt));
            log.Info(FormattableString.Invariant($"{failure.Message} Trying again in {pause:0.##} s."));
            await WaitAsync(TimeSpan.FromSeconds(pause), cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(string? Answer, ChatFailure? Failure)> TryAsync(string instruction, string text, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, settings.Endpoint)
        {
            // Of known length: some servers do not read what comes in chunks.
            Content = new StringContent(Body(settings.Model, instruction, text).ToJsonString(), Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };
        try
        {
            using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                return (null, Refusal(response, body));
            return AnswerIn(body) is { } answer ? (answer, null)
                : (null, new($"{Name} gave something else than a chat completion: {Shown(body)}", MayPass: true));
        }
        catch (HttpRequestException error)
        {
            return (null, new($"{Name} cannot be reached: {Shown(error.GetBaseException().Message)}", MayPass: true));
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new(FormattableString.Invariant($"{Name} did not answer within {settings.Timeout:0.##} s."), MayPass: true));
        }
    }

    private string Name => $"The chat endpoint {settings.Endpoint.GetLeftPart(UriPartial.Path)}";

    /// <summary>The request, which also says whether two questions are the same.</summary>
    public static JsonObject Body(string model, string instruction, string text) => new()
    {
        ["model"] = model,
        ["temperature"] = 0,
        ["messages"] = new JsonArray(Message("system", instruction), Message("user", text)),
    };

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    private ChatFailure Refusal(HttpResponseMessage response, string body)
    {
        var code = response.StatusCode;
        var message = $"{Name} answers {(int)code}: {Shown(body)}";
        if (code is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return new(message, MayPass: false, Help: "check the key in the environment variable, and what it is allowed to do");
        var after = response.Headers.RetryAfter?.Delta;
        return code is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)code >= 500
            ? new(message, MayPass: true, after)
            : new(message, MayPass: false, Help: "check endpoint and model");
    }

    private static string? AnswerIn(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject reply && reply["choices"] is JsonArray { Count: > 0 } choices
                && choices[0]?["message"]?["content"] is JsonValue content && content.TryGetValue(out string? answer) ? answer : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Whoever called says what stood there instead.
            return null;
        }
    }

    /// <summary>The start of what a server says, in one line and without the key, which some servers repeat.</summary>
    private string Shown(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace(key, "…", StringComparison.Ordinal);
        return line.Length == 0 ? "nothing" : line.Length <= MaxBodyShown ? line : line[..MaxBodyShown] + "…";
    }

    private static Task WaitAsync(TimeSpan time, CancellationToken cancellation) =>
        time > TimeSpan.Zero ? Task.Delay(time, cancellation) : Task.CompletedTask;
}
