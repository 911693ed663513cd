namespace Pipelines.Tests.EndToEnd;

/// <summary>Stages that are shell commands, as a user writes them.</summary>
public sealed class CommandStageTests : IDisposable
{
    private const string Awk = """
        BEGIN { FS = OFS = "," }
        NR == 1 { print $0, "size"; next }
        { print $0, length($1) }
        """;

    private const string Pandas = """
        import sys
        import pandas as pd

        table = pd.read_csv(sys.argv[1], keep_default_na=False)
        table["words"] = table["text"].str.split().str.len()
        table = table[table["words"] > 3]
        table.to_csv(sys.argv[2], index=False)
        """;

    private const string PandasParquet = """
        import sys
        import pandas as pd

        table = pd.read_parquet(sys.argv[1])
        table["words"] = table["text"].str.split().str.len()
        table = table[table["words"] > 3]
        table.to_parquet(sys.argv[2])
        """;

    private readonly SmallProject _project = new();

    public CommandStageTests()
    {
        _project.Write("scripts/size.awk", Awk);
        Write("awk -f scripts/size.awk {in.rows.csv} > {out.rows.csv}; echo '{\"lines\":3}' > {out.counts}",
            "rows: table, counts: metrics");
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_command_is_reused_and_runs_again_when_its_script_changes()
    {
        var first = _project.Run("exec", "c.yaml");
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("sized   done in", first.Output, StringComparison.Ordinal);
        Assert.Contains("size", _project.Run("show", "c.yaml", "sized").Output, StringComparison.Ordinal);
        Assert.Empty(_project.Run("exec", "c.yaml").Ran);
        _project.Edit("scripts/size.awk", "length($1)", "1");
        Assert.Contains(
            "the file scripts/size.awk changed (c.yaml:12:", _project.Run("plan", "--why", "c.yaml").Output, StringComparison.Ordinal);
        // What comes after it reads no column that changed.
        Assert.Equal(["sized"], _project.Run("exec", "c.yaml").Ran);
    }

    [Fact]
    public void A_metric_of_any_name_may_be_bounded()
    {
        File.AppendAllText(Path.Combine(_project.Root, "c.yaml"), "\nexpect: [{ metric: sized.lines, at_least: 4 }]\n");

        var result = _project.Run("exec", "c.yaml");

        Assert.Contains("sized.lines was expected to be at least 4: it is 3", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_is_gone_when_the_command_ends_makes_a_result_that_is_not_kept()
    {
        Write("awk -f scripts/size.awk {in.rows.csv} > {out.rows.csv}; rm scripts/size.awk", "rows: table");

        Assert.Contains("'scripts/size.awk' changed while the stage ran: its result is used but not kept",
            _project.Run("exec", "c.yaml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_command_shows_its_last_words_and_its_place()
    {
        Write("echo thinking; echo no such label >&2; exit 3", "rows: table");
        var result = _project.Run("exec", "c.yaml");
        Assert.Equal(1, result.Code);
        Assert.Contains("c.yaml:12:10: error: stage 'sized' failed: the command ended with exit code 3: no such label", result.Error,
            StringComparison.Ordinal);
        var log = Directory.EnumerateFiles(Path.Combine(_project.Root, ".pipelines"), "sized.log", SearchOption.AllDirectories).Single();
        Assert.StartsWith(
            "thinking\n", File.ReadAllText(log).Replace("no such label\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_writes_nothing_fails()
    {
        Write("true", "rows: table");
        Assert.Contains("the command ended well but wrote no 'rows'", _project.Run("exec", "c.yaml").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_tried_again()
    {
        Write("test -e second || { touch second; exit 1; }; cp {in.rows} {out.rows}", "rows: table", "retries: 1");
        var result = _project.Run("exec", "c.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains(
            "attempt 1 of 2 failed: the command ended with exit code 1; tries again in 1.0 s", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeout_ends_the_command()
    {
        Write("sleep 1000", "rows: table", "timeout: 1s");
        var result = _project.Run("exec", "c.yaml");
        Assert.Equal(1, result.Code);
        Assert.Contains("c.yaml:15:", result.Error, StringComparison.Ordinal);
        Assert.Contains("it took longer than its timeout of 1s", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM", 130)]
    [InlineData("KILL", 137)]
    public void What_ends_the_runner_ends_the_command(string signal, int code)
    {
        Write("echo $$ > pid.new; mv pid.new pid; sleep 1000; true", "rows: table");
        using var process = Runner.Start(_project.Root, "", "exec", "c.yaml");
        var pid = Path.Combine(_project.Root, "pid");
        while (!File.Exists(pid) && !process.HasExited)
            Thread.Sleep(20);
        Runner.Signal(process, signal);
        Assert.Equal(code, Runner.Wait(process).Code);
        Assert.True(EndsSoon(_project.Read("pid").Trim()));
    }

    [Fact]
    public void A_command_that_takes_its_time_to_stop_ends_with_a_runner_killed_meanwhile()
    {
        Write("trap '' TERM; echo $$ > pid.new; mv pid.new pid; sleep 1000; true", "rows: table");
        using var process = Runner.Start(_project.Root, "", "exec", "c.yaml");
        var pid = Path.Combine(_project.Root, "pid");
        while (!File.Exists(pid) && !process.HasExited)
            Thread.Sleep(20);
        Runner.Signal(process, "TERM");
        Thread.Sleep(500);
        Runner.Signal(process, "KILL");
        Assert.Equal(137, Runner.Wait(process).Code);
        Assert.True(EndsSoon(_project.Read("pid").Trim()));
    }

    [PythonFact("pandas")]
    public void A_script_with_pandas_reads_and_writes_csv()
    {
        _project.Write("scripts/words.py", Pandas);
        Write($"{PythonFactAttribute.Python} scripts/words.py {{in.rows.csv}} {{out.rows.csv}}", "rows: table");
        CheckWords();
    }

    [PythonFact("pandas", "pyarrow")]
    public void A_script_with_pandas_reads_and_writes_parquet()
    {
        _project.Write("scripts/words.py", PandasParquet);
        Write($"{PythonFactAttribute.Python} scripts/words.py {{in.rows}} {{out.rows}}", "rows: table");
        CheckWords();
    }

    private void CheckWords()
    {
        var result = _project.Run("exec", "c.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
        // Padding needs the encoding, which filtered rows keep.
        Assert.Contains("padded", result.Ran);
        var shown = _project.Run("show", "c.yaml", "padded");
        Assert.Contains("words", _project.Run("show", "c.yaml", "sized").Output, StringComparison.Ordinal);
        Assert.Contains("list<int>", shown.Output, StringComparison.Ordinal);
        _project.Edit("scripts/words.py", "> 3", "> 4");
        Assert.Contains("sized", _project.Run("exec", "c.yaml").Ran);
    }

    private void Write(string command, string outputs, string more = "retries: 0") => _project.Write("c.yaml", $$"""
        pipeline: commands
        vars: { data: data }
        stages:
          rows:
            uses: load/csv
            with:
              { train: "${data}/train.csv", validation: "${data}/validation.csv", test: "${data}/test.csv", text: RawText, label: ICD10 }
          words:
            uses: tokenize/words
            from: rows
          sized:
            run: {{command}}
            from: { rows: words }
            outputs: { {{outputs}} }
            {{more}}
          padded: { uses: pad, from: sized }

        """);

    private static bool EndsSoon(string pid)
    {
        for (var i = 0; i < 250; i++)
        {
            var stat = $"/proc/{pid}/stat";
            if (!File.Exists(stat) || File.ReadAllText(stat).Contains(") Z", StringComparison.Ordinal))
                return true;
            Thread.Sleep(20);
        }
        return false;
    }
}
