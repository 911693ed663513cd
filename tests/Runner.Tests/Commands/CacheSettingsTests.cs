using Pipelines.Runner.Commands;
using Pipelines.TestKit;

namespace Pipelines.Tests.Runner.Commands;

public sealed class CacheSettingsTests : IDisposable
{
    private readonly TempWorkspace _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Nothing_is_named_unless_somebody_says_so() => Assert.Null(CacheSettings.Find(Variables()));

    [Theory]
    [InlineData("https://ada:secret@cache.example.org/team/", "https://cache.example.org/team")]
    [InlineData("/mnt/team", "/mnt/team")]
    public void The_environment_names_an_address_or_a_folder(string place, string name)
    {
        using var cache = CacheSettings.Find(Variables(("PIPELINES_CACHE", place)));

        Assert.Equal(name, cache!.Name);
    }

    [Fact]
    public void The_settings_of_the_user_are_asked_last()
    {
        _home.Write(".config/pipelines/settings.yaml", "cache: ~/results\n");

        Assert.Equal(Path.Combine(_home.Root, "results"), CacheSettings.Find(Variables())!.Name);
        Assert.Equal("/mnt/team", CacheSettings.Find(Variables(("PIPELINES_CACHE", "/mnt/team")))!.Name);
        Assert.Null(CacheSettings.Find(Variables(("PIPELINES_CACHE", ""))));
    }

    [Theory]
    [InlineData("cahce: x", "there is no setting 'cahce'")]
    [InlineData("cache: [x]", "expected a text, not a list")]
    [InlineData("- cache", "expected a text, not a list")]
    public void Settings_that_say_something_else_are_findings(string content, string message)
    {
        _home.Write(".config/pipelines/settings.yaml", content);

        var error = Assert.Throws<DiagnosticsException>(() => CacheSettings.Find(Variables()));

        Assert.Equal(message, Assert.Single(error.Diagnostics).Message);
    }

    [Theory]
    [InlineData("PIPELINES_CACHE", "results", "'results' is no shared cache")]
    [InlineData("PIPELINES_CACHE", "ftp://example.org", "'ftp://example.org' is no address of a shared cache")]
    [InlineData("PIPELINES_CACHE_KEY", "short", "PIPELINES_CACHE_KEY is too short to protect anything")]
    [InlineData("PIPELINES_CACHE_HEADER", "Bearer abc", "PIPELINES_CACHE_HEADER holds no header")]
    [InlineData("PIPELINES_CACHE_TIMEOUT", "soon", "PIPELINES_CACHE_TIMEOUT is 'soon', which is no number of seconds")]
    public void What_cannot_be_used_is_said_before_anything_runs(string name, string value, string message)
    {
        var variables = Variables(("PIPELINES_CACHE", "https://example.org"), (name, value));

        Assert.Equal(message, Assert.Throws<UsageException>(() => CacheSettings.Find(variables)).Message);
    }

    [Theory]
    [InlineData("machine cache.example.org login ada password pass", "ada:pass")]
    [InlineData("machine other login eve password no\nmachine cache.example.org\n  login ada\n  password pass\n", "ada:pass")]
    [InlineData("macdef init\nmachine cache.example.org login eve\n\nmachine cache.example.org login ada password pass", "ada:pass")]
    [InlineData("machine other login eve password no\ndefault login anna password word", "anna:word")]
    [InlineData("machine cache.example.org login ada password pass\ndefault login anna password word", "ada:pass")]
    [InlineData("machine other login cache.example.org password no", null)]
    [InlineData("# machine cache.example.org login eve password no", null)]
    public void Names_and_passwords_come_from_netrc(string content, string? credentials) =>
        Assert.Equal(credentials, Netrc.Find("cache.example.org", content));

    private Func<string, string?> Variables(params (string Name, string Value)[] variables) => name =>
        name == "HOME" ? _home.Root : variables.LastOrDefault(variable => variable.Name == name).Value;
}
