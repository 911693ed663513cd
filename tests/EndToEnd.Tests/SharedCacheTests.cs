using Pipelines.TestKit;
using Pipelines.TestKit.Sharing;

namespace Pipelines.Tests.EndToEnd;

/// <summary>Two projects of a team that share their results.</summary>
public sealed class SharedCacheTests : IDisposable
{
    private const string Place = "PIPELINES_CACHE", Key = "PIPELINES_CACHE_KEY";

    private readonly SmallProject _first = new();
    private readonly SmallProject _second = new();
    private readonly TempWorkspace _folder = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_colleague_has_what_was_pushed_and_is_told_where_it_comes_from()
    {
        var made = Run(_first, _folder.Root, "exec", "p.yaml", "--push");
        Assert.Matches($@"\npushed 4 results, .*, 0 there already · {_folder.Root}\n4 stages: 4 ran, ", made.Output);

        var taken = Run(_second, _folder.Root, "exec", "p.yaml");

        Assert.StartsWith("4 stages: 4 reused (4 from the shared cache), ", taken.LastLine, StringComparison.Ordinal);
        Assert.Contains($"padded  reused from {_folder.Root}", taken.Output, StringComparison.Ordinal);
        Assert.Contains($"reused from {_folder.Root}", _second.Read("reports/small.html"), StringComparison.Ordinal);
        Assert.Equal(_first.Read("p.lock.json"), _second.Read("p.lock.json"));
        Assert.Equal(_first.Files(".pipelines/v1/objects"), _second.Files(".pipelines/v1/objects"));
        Assert.Equal(0, _second.Run("cache", "verify").Code);
    }

    [Fact]
    public void A_lock_file_says_what_is_pushed_and_pulled()
    {
        using CacheServer server = new();
        Assert.Equal(0, _first.Run("exec", "p.yaml").Code);
        var pushed = Run(_first, server.Address.AbsoluteUri, "cache", "push", "p.yaml");
        Assert.Matches("^pushed 4 results, .* · http://127", pushed.Output);
        _second.Write("p.lock.json", _first.Read("p.lock.json"));

        Assert.Matches("^pulled 4 results, ", Run(_second, server.Address.AbsoluteUri, "cache", "pull").Output);

        Assert.StartsWith("4 stages: 4 reused", _second.Run("exec", "p.yaml").LastLine, StringComparison.Ordinal);
        var again = Run(_second, server.Address.AbsoluteUri, "cache", "pull", "p.yaml");
        Assert.Matches("^pulled 0 results, 0 B, 4 there already ", again.Output);
    }

    [Fact]
    public void Whoever_has_a_key_takes_nothing_that_it_did_not_sign()
    {
        Assert.Equal(0, Run(_first, _folder.Root, "exec", "p.yaml", "--push").Code);

        var taken = Runner.Wait(Runner.Start(_second.Root, "", new Dictionary<string, string>
        {
            [Place] = _folder.Root,
            [Key] = "the key that this team has",
        }, ["exec", "p.yaml"]));

        Assert.StartsWith("4 stages: 4 ran, ", taken.LastLine, StringComparison.Ordinal);
        var warning = @"has a record that is not signed: ac/[0-9a-f]+ \(and 3 more\)\n$";
        Assert.Matches($"^warning: the shared cache {_folder.Root} {warning}", taken.Error);
    }

    [Fact]
    public void A_cache_that_is_away_costs_a_warning()
    {
        var result = Run(_first, "http://127.0.0.1:9/", "exec", "p.yaml", "--push");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("warning: the shared cache http://127.0.0.1:9 ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Pushing_needs_a_place()
    {
        var result = _first.Run("exec", "p.yaml", "--push");

        Assert.Equal(2, result.Code);
        Assert.StartsWith("error: no shared cache is named\n  help: set PIPELINES_CACHE ", result.Error, StringComparison.Ordinal);
    }

    private static Result Run(SmallProject project, string place, params string[] arguments) =>
        Runner.Wait(Runner.Start(project.Root, "", new Dictionary<string, string> { [Place] = place }, arguments));
}
