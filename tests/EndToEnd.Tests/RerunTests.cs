namespace Pipelines.Tests.EndToEnd;

public sealed class RerunTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_second_run_reuses_everything()
    {
        var first = _project.Run("exec", "p.yaml");
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Matches(@"^4 stages: 4 ran, [\d.]+ s · report: reports/small\.html$", first.LastLine);
        var second = _project.Run("exec", "p.yaml");
        Assert.Equal(0, second.Code);
        Assert.Matches(@"^4 stages: 4 reused, [\d.]+ s · report: reports/small\.html$", second.LastLine);
    }

    [Fact]
    public void Comments_order_of_keys_and_names_of_stages_change_nothing()
    {
        _project.Run("exec", "p.yaml");
        _project.Edit("p.yaml", "text: RawText, label: ICD10 }", "label: ICD10, text: RawText }   # a remark");
        _project.Edit("p.yaml", "  words: {", "  tokens: {");
        _project.Edit("p.yaml", "from: words", "from: tokens");
        Assert.Empty(_project.Run("exec", "p.yaml").Ran);
    }

    [Fact]
    public void A_parameter_reruns_only_what_depends_on_it_and_says_why()
    {
        _project.Run("exec", "p.yaml");
        _project.Edit("p.yaml", "length: 4", "length: 3");
        var plan = _project.Run("plan", "--why", "p.yaml");
        Assert.Contains("with.length 4 → 3 (p.yaml:2:29, used at 10:", plan.Output, StringComparison.Ordinal);
        Assert.Matches(@"^4 stages: 3 reused, 1 to run · about [0-9.]+ s, [0-9.]+ KB$", plan.LastLine);
        Assert.Equal(["padded"], _project.Run("exec", "p.yaml").Ran);
    }

    [Fact]
    public void Going_back_to_an_old_value_is_a_hit()
    {
        _project.Run("exec", "p.yaml");
        _project.Run("exec", "p.yaml", "-p", "length=3");
        Assert.Empty(_project.Run("exec", "p.yaml").Ran);
    }

    [Fact]
    public void A_kept_column_travels_through_every_stage_and_reruns_only_who_reads_it()
    {
        WriteRemarks();
        _project.Edit("p.yaml", "label: ICD10 }", "label: ICD10, keep: [Remark] }");
        _project.Write("p.yaml", _project.Read("p.yaml") + """
              remarks: { uses: describe/labels, from: padded, with: { column: Remark } }
              counted:
                run: cut -d, -f 1- {in.rows.csv} > {out.rows.csv} && test -s {in.rows}
                from: { rows: padded }
                outputs: { rows: table }

            """);
        var first = _project.Run("exec", "p.yaml");
        Assert.Equal((0, ""), (first.Code, first.Error));
        foreach (var stage in new[] { "words", "codes", "padded", "counted" })
        {
            var shown = _project.Run("show", "p.yaml", stage, "--columns", "Remark", "--rows", "2").Output;
            Assert.Contains("r1", shown, StringComparison.Ordinal);
            Assert.Contains("r2", shown, StringComparison.Ordinal);
        }
        _project.Edit("data/train.csv", ",r3\n", ",other\n");
        Assert.Equal(["counted", "remarks", "rows"], _project.Run("exec", "p.yaml").Ran);
    }

    private void WriteRemarks()
    {
        foreach (var split in new[] { "train", "validation", "test" })
        {
            var lines = _project.Read($"data/{split}.csv").TrimEnd().Split('\n');
            _project.Write($"data/{split}.csv", string.Concat(lines.Select((line, i) => line + (i == 0 ? ",Remark\n" : $",r{i}\n"))));
        }
    }

    [Fact]
    public void A_column_nobody_reads_reruns_nothing_downstream()
    {
        WriteRemarks();
        _project.Run("exec", "p.yaml");
        _project.Edit("p.yaml", "label: ICD10 }", "label: ICD10, keep: [Remark] }");
        Assert.Equal(["rows"], _project.Run("exec", "p.yaml").Ran);
    }

    [Fact]
    public void Only_names_the_stages_and_what_they_need()
    {
        Assert.Equal(["rows", "words"], _project.Run("exec", "p.yaml", "--only", "words").Ran);
        Assert.Empty(_project.Files("reports"));
    }

    [Fact]
    public void Force_runs_a_stage_again()
    {
        _project.Run("exec", "p.yaml");
        Assert.Equal(["words"], _project.Run("exec", "p.yaml", "--force", "words").Ran);
    }

    [Fact]
    public void A_light_run_leaves_heavy_stages_as_they_were_and_says_so()
    {
        _project.Edit("p.yaml", "codes: { uses", "codes: { cost: heavy, uses");
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        var promised = _project.Read("p.lock.json");
        _project.Edit("p.yaml", "codes: { cost: heavy, uses: label/characters, from: words }",
            "codes: { cost: heavy, uses: label/characters, from: words, with: { start: \"^\" } }");
        Assert.Contains("padded  stale: codes is heavy", _project.Run("plan", "--light", "p.yaml").Output, StringComparison.Ordinal);
        var light = _project.Run("exec", "--light", "p.yaml");
        Assert.Equal((0, ""), (light.Code, light.Error));
        Assert.Contains("codes   stale: codes is heavy and was not run", light.Output, StringComparison.Ordinal);
        Assert.Contains("4 stages: 2 reused, 2 stale", light.Output, StringComparison.Ordinal);
        Assert.Contains("bring it up to date with: ./runner exec p.yaml", light.LastLine, StringComparison.Ordinal);
        Assert.Contains("badge stale", _project.Read("reports/small.html"), StringComparison.Ordinal);
        Assert.Equal(promised, _project.Read("p.lock.json"));
        Assert.Equal(["codes", "padded"], _project.Run("exec", "p.yaml").Ran);
        Assert.DoesNotContain("badge stale", _project.Read("reports/small.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_is_left_out_by_a_variable()
    {
        _project.Edit("p.yaml", "length: 4 }", "length: 4, pad: true }");
        _project.Edit("p.yaml", "padded: { uses: pad,", "padded: { uses: pad, if: \"${pad} and ${length} > 2\",");
        Assert.Equal(["codes", "padded", "rows", "words"], _project.Run("exec", "p.yaml").Ran);
        var without = _project.Run("exec", "p.yaml", "-p", "pad=false");
        Assert.StartsWith("3 stages: 3 reused", without.LastLine, StringComparison.Ordinal);
        Assert.Contains("padded  left out: its 'if' is false (p.yaml:10:28)", _project.Run("plan", "p.yaml", "-p", "length=2").Output,
            StringComparison.Ordinal);
        Assert.Contains("--only: the stage 'padded' is left out",
            _project.Run("exec", "p.yaml", "-p", "pad=false", "--only", "padded").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_leaves_nothing_behind()
    {
        var result = _project.Run("exec", "p.yaml", "--dry-run");
        Assert.Equal(0, result.Code);
        Assert.Contains("will run", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_project.Files(".pipelines"), file => file.Contains("actions", StringComparison.Ordinal));
    }

    [Fact]
    public void Paths_are_relative_to_the_project_wherever_the_command_is_run()
    {
        _project.Write("deep/er/q.yaml", SmallProject.PreparingAs("other"));
        var result = Runner.Run(Path.Combine(_project.Root, "deep"), "exec", "er/q.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Empty(_project.Run("exec", "p.yaml").Ran);
    }

    [Fact]
    public void An_extending_file_changes_one_stage()
    {
        _project.Write("q.yaml", "extends: p.yaml\npipeline: other\nstages:\n  padded: { with: { length: 2 } }\n");
        _project.Run("exec", "p.yaml");
        Assert.Equal(["padded"], _project.Run("exec", "q.yaml").Ran);
    }
}
