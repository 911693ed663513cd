using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Chat;

/// <summary>Where a chat model is asked, and how patiently.</summary>
/// <param name="Endpoint">Address of the chat completions, as OpenAI and those compatible with it have them.</param>
/// <param name="RequestsPerMinute">Requests are sent no closer to each other.</param>
/// <param name="Retries">How often a request is sent again after a failure that may pass.</param>
/// <param name="Pause">Seconds before the first retry; doubled for each further one.</param>
/// <param name="Timeout">Seconds an answer may take.</param>
internal sealed record ChatSettings(Uri Endpoint, string Model, double RequestsPerMinute, int Retries, double Pause, double Timeout)
{
    /// <exception cref="StageException">The address is none, or would carry the key unencrypted.</exception>
    public static ChatSettings Of(string endpoint, string model, double requestsPerMinute, int retries, double pause, double timeout)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw Refused(
                $"'{endpoint}' is no address of a chat endpoint.", "write it in full: https://api.mistral.ai/v1/chat/completions");
        if (address.Scheme == "http" && !address.IsLoopback)
            throw Refused($"'{endpoint}' would carry the key unencrypted.", "use https; http is for this machine only");
        return new(address, model, requestsPerMinute, retries, pause, timeout);
    }

    private static StageException Refused(string message, string help) => new(message) { Help = help, Parameter = "endpoint" };
}
