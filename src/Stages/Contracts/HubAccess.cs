using System.Globalization;

namespace Pipelines.Stages.Contracts;

/// <summary>How a stage reaches the hub. What it loads is known by commit and checked by hash, so nothing here changes a result.</summary>
/// <param name="Cache">The folder that Hugging Face's own clients use too.</param>
/// <param name="Token">Sent to the endpoint, and to nothing else.</param>
/// <param name="Offline">The cache is all there is.</param>
/// <param name="Timeout">How long the hub may say nothing.</param>
public sealed record HubAccess(Uri Endpoint, string Cache, string? Token, bool Offline, TimeSpan Timeout)
{
    /// <summary>Variables of the environment, by the names that Hugging Face's clients have for them.</summary>
    public const string EndpointVariable = "HF_ENDPOINT", TokenVariable = "HF_TOKEN", HomeVariable = "HF_HOME",
        CacheVariable = "HF_HUB_CACHE", OfflineVariable = "HF_HUB_OFFLINE", TimeoutVariable = "HF_HUB_DOWNLOAD_TIMEOUT";

    private const string PublicEndpoint = "https://huggingface.co";
    private const double SecondsByDefault = 10;

    /// <summary>How long to wait before a download that broke off goes on; twice as long each further time.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The commit that the revision was when this run began.</summary>
    public string Commit { get; init; } = "";

    /// <param name="variable">Gives a variable of the environment.</param>
    /// <exception cref="StageException">A variable holds nothing that can be used.</exception>
    public static HubAccess Of(Func<string, string?> variable)
    {
        var token = Set(TokenVariable)?.Trim();
        return new(
            AddressOf(Set(EndpointVariable) ?? PublicEndpoint, token is not null), CacheOf(Set), token,
            Set(OfflineVariable)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE",
            TimeSpan.FromSeconds(SecondsOf(Set(TimeoutVariable))));

        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }

    private static string CacheOf(Func<string, string?> variable) =>
        variable(CacheVariable) is { } cache ? cache
        : variable(HomeVariable) is { } home ? Path.Combine(home, "hub")
        : Path.Combine(variable("XDG_CACHE_HOME") ?? Path.Combine(variable("HOME") ?? "/", ".cache"), "huggingface", "hub");

    private static Uri AddressOf(string endpoint, bool hasToken)
    {
        if (!Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new StageException($"{EndpointVariable} is '{endpoint}', which is no address.")
            {
                Help = $"write it in full, as {PublicEndpoint}, or leave it out",
            };
        return hasToken && address.Scheme == "http" && !address.IsLoopback
            ? throw new StageException($"{EndpointVariable} is '{endpoint}', which would carry {TokenVariable} unencrypted.")
            {
                Help = "use https; http is for this machine only",
            }
            : address;
    }

    private static double SecondsOf(string? text) =>
        text is null ? SecondsByDefault
        : double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e6 ? seconds
        : throw new StageException($"{TimeoutVariable} is '{text}', which is no number of seconds.") { Help = "e.g. 10" };
}
