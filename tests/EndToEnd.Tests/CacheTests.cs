namespace Pipelines.Tests.EndToEnd;

public sealed class CacheTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_run_is_reproduced_from_its_lock_file()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);

        var result = _project.Run("reproduce", "p.yaml");

        Assert.Equal((0, "4 stages: identical"), (result.Code, result.LastLine));
    }

    [Fact]
    public void Other_data_are_no_reproduction_and_it_is_said_where()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        _project.Edit("data/train.csv", "asthme", "rhume");

        var result = _project.Run("reproduce", "p.yaml");

        Assert.Equal((1, "4 stages: different"), (result.Code, result.LastLine));
        Assert.Contains("rows    different: rows.text", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "not the stage of the lock file: with.train changed (content of data/train.csv)", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"first at rows\.text, row \d+: .*asthme.* → .*rhume", result.Output);
    }

    [Fact]
    public void Without_a_lock_file_there_is_nothing_to_compare_with()
    {
        var result = _project.Run("reproduce", "p.yaml");

        Assert.Equal((2, "error: there is no lock file 'p.lock.json'\n  help: ./runner exec p.yaml writes it when every stage is done\n"),
            (result.Code, result.Error));
    }

    [Fact]
    public void Going_back_to_an_earlier_value_takes_the_lock_file_back_too()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        var before = _project.Read("p.lock.json");
        _project.Edit("p.yaml", "length: 4", "length: 3");
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        Assert.NotEqual(before, _project.Read("p.lock.json"));
        _project.Edit("p.yaml", "length: 3", "length: 4");

        Assert.Empty(_project.Run("exec", "p.yaml").Ran);

        Assert.Equal(before, _project.Read("p.lock.json"));
    }

    [Fact]
    public void A_lock_file_that_cannot_be_read_is_said_to_be_so_and_written_anew()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        var before = _project.Read("p.lock.json");
        _project.Write("p.lock.json", before.Replace("pipelines lock 1", "pipelines lock 0", StringComparison.Ordinal));

        Assert.StartsWith(
            "error: 'p.lock.json' is no lock file of this version\n", _project.Run("reproduce", "p.yaml").Error, StringComparison.Ordinal);
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        Assert.Equal(before, _project.Read("p.lock.json"));
    }

    [Fact]
    public void A_run_with_overrides_has_a_report_of_its_own()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        var before = _project.Read("reports/small.html");
        var changed = _project.Run("exec", "p.yaml", "-p", "length=3", "--set", "title=it's");

        Assert.Matches(@"report: reports/small@length=3,title=it_s~[0-9a-f]{6}\.html\n$", changed.Output);
        Assert.Equal(before, _project.Read("reports/small.html"));
        var report = _project.Read(changed.Output[(changed.Output.LastIndexOf("reports/", StringComparison.Ordinal))..].TrimEnd());
        Assert.Contains("<code>length=3, title=it&#39;s</code>", report, StringComparison.Ordinal);
        Assert.Contains("./runner exec p.yaml -p length=3 --set &#39;title=it", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_of_one_name_are_found_before_they_overwrite_each_others_report()
    {
        _project.Write("pipelines/old/p.yaml", SmallProject.Preparing.Replace("small", "\"small\" # again", StringComparison.Ordinal));

        var refused = _project.Run("exec", "p.yaml");

        Assert.Equal(2, refused.Code);
        Assert.StartsWith(
            "p.yaml:1:11: error: the pipeline in 'pipelines/old/p.yaml' has this name too", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, _project.Run("validate", "pipelines/old/p.yaml").Code);
    }

    [Fact]
    public void Another_experiment_does_not_touch_the_lock_file()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        var before = _project.Read("p.lock.json");
        Assert.Equal(0, _project.Run("exec", "p.yaml", "-p", "length=3").Code);

        Assert.Equal(before, _project.Read("p.lock.json"));
    }

    [Fact]
    public void The_store_is_listed_verified_and_cleaned()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml", "-p", "length=3").Code);
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);

        Assert.Contains("tokenize/words", _project.Run("cache", "list").Output, StringComparison.Ordinal);
        Assert.EndsWith("all whole", _project.Run("cache", "verify").LastLine, StringComparison.Ordinal);
        Assert.StartsWith(
            "would remove 1 result and", _project.Run("cache", "gc", "--keep-runs", "1", "--dry-run").LastLine, StringComparison.Ordinal);
        Assert.StartsWith("removed 1 result and", _project.Run("cache", "gc", "--keep-runs", "1").LastLine, StringComparison.Ordinal);
        Assert.StartsWith("4 stages: 4 reused", _project.Run("exec", "p.yaml").LastLine, StringComparison.Ordinal);
    }
}
