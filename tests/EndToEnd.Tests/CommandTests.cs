using System.Text.Json;

namespace Pipelines.Tests.EndToEnd;

public sealed class CommandTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_trained_pipeline_predicts_shows_and_lists()
    {
        Assert.Equal(0, _project.Run("exec", "t.yaml", "--tensorboard", "curves").Code);
        Assert.Single(Directory.GetFiles(Path.Combine(_project.Root, "curves"), "events.out.tfevents.*", SearchOption.AllDirectories));
        Assert.Contains(" %  asthme aigu", _project.Run("predict", "t.yaml", "asthme aigu").Output, StringComparison.Ordinal);
        var lines = Runner.RunWithInput(_project.Root, "asthme aigu\n\nfracture\nquit\nnot read\n", "predict", "t.yaml");
        Assert.Equal(0, lines.Code);
        Assert.Equal(2, lines.Output.Split('\n').Count(line => line.Contains(" %  ", StringComparison.Ordinal)));
        Assert.Contains("test.exact_match", _project.Run("show", "t.yaml", "scores", "--port", "metrics").Output, StringComparison.Ordinal);
        Assert.Contains("64 rows", _project.Run("show", "t.yaml", "rows", "--rows", "2").Output, StringComparison.Ordinal);
        Assert.Equal(0, _project.Run("show", "t.yaml", "model", "--port", "model", "--to", "copied").Code);
        Assert.Contains("copied/model.safetensors", _project.Files("copied"));
        Assert.Contains(
            "is not empty", _project.Run("show", "t.yaml", "model", "--port", "model", "--to", "copied").Error, StringComparison.Ordinal);
        Assert.Contains("trained", _project.Run("runs").Output, StringComparison.Ordinal);
        Assert.Contains("t.yaml  up to date, 7 stages", _project.Run("status", "t.yaml").Output, StringComparison.Ordinal);
        Assert.Contains("report: reports/trained.html", _project.Run("report", "t.yaml").Output, StringComparison.Ordinal);
        Assert.Contains("One text through the whole chain</h3>", _project.Read("reports/trained.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_go_from_files_to_files_with_every_class()
    {
        var classes = SmallProject.PreparingAs("classes").Replace("label/characters", "label/classes", StringComparison.Ordinal);
        _project.Write("c.yaml", classes + """
              model:
                uses: train/classifier
                from: padded
                with: { layers: [embedding: { size: 8 }, average-pool, dense: softmax], epochs: 1 }

            """);
        Assert.Equal(0, _project.Run("exec", "c.yaml").Code);
        _project.Write("t.csv", "id,text\n1,asthme aigu\n2,\"=zzz, qqq\"\n");
        _project.Write("t.jsonl", "{\"text\": \"asthme aigu\"}\n\"fracture\"\n");

        var lines = _project.Run("predict", "c.yaml", "--input", "t.csv", "--json").Output.TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["asthme aigu", "=zzz, qqq"], lines.Select(line => line.GetProperty("text").GetString()));
        Assert.Equal(1, lines[0].GetProperty("candidates").EnumerateArray().Sum(item => item.GetProperty("confidence").GetDouble()), 1e-5);
        Assert.Equal(4, lines[0].GetProperty("candidates").GetArrayLength());
        Assert.False(lines[0].TryGetProperty("note", out var note) && note.ValueKind == JsonValueKind.String);
        Assert.StartsWith("none of the tokens that are read is known", lines[1].GetProperty("note").GetString(), StringComparison.Ordinal);

        Assert.Equal(0, _project.Run("predict", "c.yaml", "--input", "t.csv", "--output", "out/p.csv").Code);
        var csv = _project.Read("out/p.csv").Split('\n');
        Assert.Equal("text,label,confidence,unknown,note,E119,I10,J459,S720", string.Join(',', csv[0].Split(',').Take(5)
            .Concat(csv[0].Split(',').Skip(5).Order(StringComparer.Ordinal))));
        Assert.StartsWith("\"'=zzz, qqq\",", csv[2], StringComparison.Ordinal);

        Assert.Equal(2, _project.Run("predict", "c.yaml", "--input", "t.jsonl").Output.TrimEnd().Split('\n').Length);
        Assert.Contains("the text is empty", _project.Run("predict", "c.yaml", "").Output, StringComparison.Ordinal);
        Assert.Equal((2, "error: there is no option '--tpo'\n  help: did you mean '--top'?\n"),
            (_project.Run("predict", "c.yaml", "--tpo", "3", "x").Code, _project.Run("predict", "c.yaml", "--tpo", "3", "x").Error));
        Assert.Contains("--tpo", _project.Run("predict", "c.yaml", "--", "--tpo").Output, StringComparison.Ordinal);
        Assert.Equal(2, _project.Run("predict", "c.yaml", "--input", "none.csv").Code);
        Assert.Contains("there is no column 'txt'", _project.Run("predict", "c.yaml", "--input", "t.csv", "--column", "txt").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoder_that_is_exported_last_is_not_taken_for_the_model()
    {
        _project.WriteEncoderStages();
        Assert.StartsWith("error: stage 'head' has no result that is up to date", _project.Run("predict", "encoder.yaml", "asthme").Error,
            StringComparison.Ordinal);
        Assert.StartsWith("error: no stage 'exported' makes a model that predicts labels",
            _project.Run("predict", "encoder.yaml", "--model", "exported", "asthme").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_is_explained_by_every_method_with_signs_and_in_full()
    {
        var classes = SmallProject.PreparingAs("classes").Replace("label/characters", "label/classes", StringComparison.Ordinal);
        _project.Write("c.yaml", classes + """
              model: { uses: train/naive-bayes, from: codes }

            """);
        Assert.Equal(0, _project.Run("exec", "c.yaml").Code);

        foreach (var method in new[] { "lime", "shap" })
        {
            var shown = _project.Run("explain", "c.yaml", "asthme aigu train", "--method", method).Output;
            Assert.Contains("for J459:", shown, StringComparison.Ordinal);
            Assert.Matches(@"\+\+\+(asthme|aigu)", shown);
            var full = JsonDocument.Parse(
                _project.Run("explain", "c.yaml", "asthme aigu train", "--method", method, "--every-class", "--json").Output).RootElement;
            Assert.Equal(4, full.GetProperty("labels").GetArrayLength());
            var words = full.GetProperty("labels")[0].GetProperty("words").EnumerateArray().ToList();
            Assert.Equal(["asthme", "aigu", "train"], words.Select(word => word.GetProperty("word").GetString()));
            Assert.Equal([0, 7, 12], words.Select(word => word.GetProperty("start").GetInt32()));
        }
        Assert.Contains(
            "no gradients", _project.Run("explain", "c.yaml", "asthme", "--method", "integrated-gradients").Error,
                StringComparison.Ordinal);
    }

    [Fact]
    public void What_commands_show_is_there_for_programs_too()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        JsonElement Json(params string[] arguments) => JsonDocument.Parse(_project.Run([.. arguments, "--json"]).Output).RootElement;

        Assert.All(Json("plan", "p.yaml").EnumerateArray(), stage => Assert.Equal("reused", stage.GetProperty("state").GetString()));
        Assert.True(Json("status", "p.yaml")[0].GetProperty("up_to_date").GetBoolean());
        Assert.Equal("small", Json("runs")[0].GetProperty("pipeline").GetString());
        Assert.Equal(4, Json("cache", "list").GetArrayLength());
        var table = Json("show", "p.yaml", "rows", "--rows", "2", "--from", "1");
        Assert.Equal(64, table.GetProperty("rows").GetInt32());
        Assert.Equal(2, table.GetProperty("data").GetArrayLength());
        Assert.Equal("hypertension artérielle train 0", table.GetProperty("data")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void A_project_is_made_in_the_folder_one_is_in_and_its_last_line_works_there()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_project.Root, "here")).FullName;
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");

        var result = Runner.Run(folder, "init");

        Assert.Equal((0, ""), (result.Code, result.Error));
        var command = result.LastLine["run it: ".Length..].Replace(" exec ", " plan ", StringComparison.Ordinal);
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", command])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Assert.Contains("to run", process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(2, Runner.Run(folder, "init").Code);
    }

    [Fact]
    public void A_failed_run_writes_the_report_of_what_there_is()
    {
        _project.Edit("p.yaml", "padded: {", "broken: { run: exit 3, from: rows, outputs: { rows: table } }\n  padded: {");

        var result = _project.Run("exec", "p.yaml");

        Assert.Equal(1, result.Code);
        Assert.Contains("report: reports/small.html", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_project.Root, "reports", "small.html")));
    }

    [Fact]
    public void Json_is_one_object_a_line()
    {
        var result = _project.Run("exec", "p.yaml", "--json");
        var events = result.Output.TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()).ToArray();
        Assert.Equal("run-started", events[0]);
        Assert.Equal("run-finished", events[^1]);
        Assert.Equal(4, events.Count(name => name == "stage-finished"));
    }

    [Theory]
    [InlineData("exec")]
    [InlineData("validate")]
    public void Json_tells_what_is_wrong_as_events_too(string command)
    {
        _project.Edit("p.yaml", "{ length:", "{ lenght:");
        var result = _project.Run(command, "p.yaml", "--json");

        Assert.Equal(2, result.Code);
        using var json = JsonDocument.Parse(result.Output.Split('\n')[0]);
        Assert.Equal("diagnostic", json.RootElement.GetProperty("event").GetString());
        Assert.Equal("unknown-parameter", json.RootElement.GetProperty("code").GetString());
        Assert.Equal("p.yaml", json.RootElement.GetProperty("file").GetString());
        Assert.True(json.RootElement.GetProperty("line").GetInt32() > 1);
        Assert.Contains("lenght", result.Error, StringComparison.Ordinal);
        using var usage = JsonDocument.Parse(_project.Run("exec", "none.yaml", "--json").Output);
        Assert.Equal("error", usage.RootElement.GetProperty("event").GetString());
    }

    [Theory]
    [InlineData("pipelines lock 2", "a later version")]
    [InlineData("packages 1", "is no lock file")]
    public void A_lock_file_of_another_is_left_as_it_is(string format, string expected)
    {
        var path = Path.Combine(_project.Root, "p.lock.json");
        var content = $$"""{"format": "{{format}}"}""";
        File.WriteAllText(path, content);
        var result = _project.Run("exec", "p.yaml");

        Assert.Equal(0, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
        File.WriteAllText(path, "<<<<<<< HEAD\n" + content);
        Assert.Equal("", _project.Run("exec", "p.yaml").Error);
        Assert.Contains("pipelines lock 1", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate p.yaml", "p.yaml: valid, 4 stages")]
    [InlineData("validate p.yaml --json", """{"event":"valid","file":"p.yaml","stages":4}""")]
    [InlineData("status p.yaml", "4 of 4 stages to run")]
    [InlineData("graph p.yaml", "rows")]
    [InlineData("graph p.yaml --format dot", "digraph")]
    [InlineData("graph p.yaml --format svg", "http://www.w3.org/2000/svg")]
    [InlineData("graph p.yaml --format svg -o g/p.svg", "wrote g/p.svg")]
    [InlineData("stages", "train/seq2seq")]
    [InlineData("stages pad", "truncating")]
    [InlineData("schema -o -", "\"tokenize/words\"")]
    [InlineData("runs", "no runs yet")]
    [InlineData("--help", "exec")]
    public void Commands_say_what_they_are_for(string arguments, string expected)
    {
        var result = _project.Run(arguments.Split(' '));
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_project_is_valid_at_once()
    {
        Assert.Equal(0, _project.Run("init", "new").Code);
        var result = Runner.Run(Path.Combine(_project.Root, "new"), "validate", "pipelines/icd10-letter.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(2, _project.Run("init", "new").Code);
    }

    [Fact]
    public void The_doctor_finds_everything_it_needs()
    {
        var result = _project.Run("doctor");
        Assert.Equal(0, result.Code);
        Assert.Contains("✓ torch", result.Output, StringComparison.Ordinal);
    }
}
