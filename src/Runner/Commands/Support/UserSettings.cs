using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Commands;

/// <summary>What a user set for all projects: <c>pipelines/settings.yaml</c> in the folder for such files, <c>~/.config</c>.</summary>
/// <param name="Cache">Where results are shared; null: nowhere.</param>
internal sealed record UserSettings(string? Cache)
{
    private const string CacheKey = "cache";

    public static string PathOf(Func<string, string?> variable) => Path.Combine(
        variable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(variable("HOME") ?? "/", ".config"),
        "pipelines", "settings.yaml");

    /// <exception cref="DiagnosticsException">The file says something else.</exception>
    public static UserSettings Read(Func<string, string?> variable)
    {
        var path = PathOf(variable);
        if (!File.Exists(path))
            return new((string?)null);
        List<Diagnostic> findings = [];
        var content = YamlReader.Read(new(path, File.ReadAllText(path)), findings);
        YamlNode? cache = null;
        if (content is YamlMap map)
        {
            cache = map.Find(CacheKey)?.Value;
            findings.AddRange(map.Entries.Where(entry => entry.Key.Text != CacheKey).Select(entry => new Diagnostic(
                "unknown-setting", Severity.Error, $"there is no setting '{entry.Key.Text}'", entry.Key.At,
                $"there is only '{CacheKey}'")));
        }
        if (content is not (null or YamlMap or YamlScalar { IsNull: true }) || cache is not (null or YamlScalar))
            findings.Add(new("setting", Severity.Error, $"expected a text, not {(cache ?? content)!.Described}", (cache ?? content)!.At,
                $"e.g. {CacheKey}: https://cache.example.org/pipelines"));
        return findings.Count > 0 ? throw new DiagnosticsException(findings)
            : new(cache is YamlScalar { IsNull: false } text ? text.Text : null);
    }
}
