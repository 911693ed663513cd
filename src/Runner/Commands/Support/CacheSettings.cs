using System.Globalization;
using System.Text;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Commands;

/// <summary>The shared cache that environment and settings name.</summary>
internal static class CacheSettings
{
    public const string PlaceVariable = "PIPELINES_CACHE", KeyVariable = "PIPELINES_CACHE_KEY", HeaderVariable = "PIPELINES_CACHE_HEADER",
        PatienceVariable = "PIPELINES_CACHE_TIMEOUT";

    private const int MinKeyLength = 16;
    private const double SecondsByDefault = 10;

#pragma warning disable RS0030 // Where nothing else is given.
    public static Func<string, string?> Environment { get; } = System.Environment.GetEnvironmentVariable;
#pragma warning restore RS0030

    /// <summary>Null where none is named; a variable without text names none whatever the settings say.</summary>
    /// <exception cref="UsageException">What is named cannot be one.</exception>
    public static SharedCache? Find(Func<string, string?> variable) =>
        (variable(PlaceVariable) ?? UserSettings.Read(variable).Cache) is not { Length: > 0 } place ? null
        : place.Contains("://", StringComparison.Ordinal)
            ? SharedCache.At(AddressOf(place), HeaderOf(place, variable), PatienceOf(variable(PatienceVariable)), KeyOf(variable))
        : SharedCache.In(FolderOf(place, variable("HOME")), KeyOf(variable));

    /// <exception cref="UsageException">None is named.</exception>
    public static SharedCache Get(Func<string, string?> variable) => Find(variable) ?? throw new UsageException(
        "no shared cache is named",
        $"set {PlaceVariable} to a folder or an address, or write 'cache: …' into {UserSettings.PathOf(variable)}");

    private static Uri AddressOf(string place) =>
        Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query.Length == 0
            ? address
            : throw new UsageException(
                $"'{place}' is no address of a shared cache", "e.g. https://cache.example.org/pipelines, or a folder");

    private static string FolderOf(string place, string? home) =>
        Path.IsPathRooted(place) ? place
        : place.StartsWith("~/", StringComparison.Ordinal) && home is not null ? Path.Combine(home, place[2..])
        : throw new UsageException(
            $"'{place}' is no shared cache",
            "name a folder from its root on, as /mnt/team/cache, or an address, as https://cache.example.org");

    // A name in the address comes before the file, as with curl.
    private static KeyValuePair<string, string>? HeaderOf(string place, Func<string, string?> variable)
    {
        if (variable(HeaderVariable) is not { Length: > 0 } header)
            return AddressOf(place) is { UserInfo: "" } address && Netrc.Find(address.Host, variable) is { } credentials
                ? SharedCache.Basic(credentials)
                : null;
        return header.Split(':', 2) is [var name, var value] && name.Length > 0 && !name.Any(char.IsWhiteSpace)
            && !header.Any(char.IsControl)
            ? new(name, value.Trim())
            : throw new UsageException($"{HeaderVariable} holds no header", "e.g. Authorization: Bearer …");
    }

    private static byte[]? KeyOf(Func<string, string?> variable) =>
        variable(KeyVariable) is not { Length: > 0 } key ? null
        : key.Length >= MinKeyLength ? Encoding.UTF8.GetBytes(key)
        : throw new UsageException(
            $"{KeyVariable} is too short to protect anything", $"at least {MinKeyLength} characters, e.g. those of: openssl rand -hex 32");

    private static TimeSpan PatienceOf(string? text) =>
        text is null ? TimeSpan.FromSeconds(SecondsByDefault)
        : double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e6 ? TimeSpan.FromSeconds(seconds)
        : throw new UsageException($"{PatienceVariable} is '{text}', which is no number of seconds", "e.g. 10");
}
