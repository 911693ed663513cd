namespace Pipelines.Tests.EndToEnd;

/// <summary>Every kind of file the runner writes, cut short or with one byte changed: made again or ignored, never a crash.</summary>
public sealed class DamagedFilesTests(TenStagesDone done) : IClassFixture<TenStagesDone>, IDisposable
{
    private readonly SmallProject _project = done.Copy();

    [Theory]
    [InlineData("objects", "rows.parquet")]
    [InlineData("objects", "artifact.json")]
    [InlineData("objects", "encoding.json")]
    [InlineData("objects", ".files")]
    [InlineData("objects", "model.safetensors")]
    [InlineData("objects", "config.json")]
    [InlineData("objects", "card.json")]
    [InlineData("objects", "metrics.json")]
    [InlineData("actions", ".json")]
    public void A_broken_result_is_made_again(string folder, string name)
    {
        foreach (var how in new[] { "cut", "flip" })
        {
            Break(folder, name, how);
            AssertWorks("exec ten.yaml");
            // What only a thorough look finds is taken out, and made again.
            AssertNoCrash(_project.Run("cache", "verify", "--evict"));
            AssertWorks("exec ten.yaml");
            Assert.Equal(done.Project.Read("ten.lock.json"), _project.Read("ten.lock.json"));
            AssertWorks("cache verify");
        }
    }

    [Theory]
    [InlineData("rows.parquet", "show ten.yaml padded")]
    [InlineData("encoding.json", "predict ten.yaml toux")]
    [InlineData("model.safetensors", "predict ten.yaml toux")]
    [InlineData("config.json", "predict ten.yaml toux")]
    [InlineData("card.json", "report ten.yaml")]
    [InlineData("metrics.json", "report ten.yaml")]
    public void Who_reads_a_result_with_a_flipped_byte_says_so_or_does_not_need_it(string name, string command)
    {
        foreach (var how in new[] { "flip", "flip early", "flip late" })
        {
            Break("objects", name, how);
            AssertNoCrash(_project.Run(command.Split(' ')));
        }
    }

    [Theory]
    [InlineData("card.json")]
    [InlineData("rows.parquet")]
    public void A_damaged_result_is_made_again_when_a_report_needs_it(string name)
    {
        Break("objects", name, "flip");
        File.Delete(Path.Combine(_project.Root, "reports", "ten.html"));

        var result = _project.Run("exec", "ten.yaml");

        Assert.True(result.Code == 0, result.Everything);
        Assert.Contains("warning: made again: object damaged", result.Error, StringComparison.Ordinal);
        Assert.Equal(done.Project.Read("ten.lock.json"), _project.Read("ten.lock.json"));
        Assert.Equal(done.Project.Read("reports/ten/metrics.json"), _project.Read("reports/ten/metrics.json"));
    }

    /// <summary>The bytes are compared while the report is made.</summary>
    [Theory]
    [InlineData("card.json")]
    [InlineData("rows.parquet")]
    public void Of_a_damaged_result_no_report_is_written(string name)
    {
        var before = _project.Read("reports/ten.html");
        Break("objects", name, "flip");

        var result = _project.Run("report", "ten.yaml");

        Assert.NotEqual(0, result.Code);
        AssertNoCrash(result);
        Assert.Contains("damaged", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, _project.Read("reports/ten.html"));
    }

    [Fact]
    public void Folders_of_other_programs_in_the_store_are_left_alone()
    {
        foreach (var folder in new[] { "objects/@eaDir", "objects/00/@eaDir", "actions/@eaDir", "objects/@eaDir/x" })
            _project.Write($".pipelines/v1/{folder}/thumb.jpg", "x");

        AssertWorks("cache verify");
        AssertWorks("cache list");
        AssertWorks("cache gc");
        AssertWorks("exec ten.yaml");
    }

    [Theory]
    [InlineData("runs", "ten.json", "plan ten.yaml --why")]
    [InlineData("runs", ".json", "runs")]
    [InlineData("runs", "pipeline.yaml", "runs")]
    [InlineData("runs", ".key", "report ten.yaml")]
    [InlineData("runs", ".files", "report ten.yaml")]
    public void A_broken_note_is_ignored(string folder, string name, string command)
    {
        foreach (var how in new[] { "cut", "flip", "empty" })
        {
            Break(folder, name, how);
            AssertWorks(command);
            AssertWorks("exec ten.yaml");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3\n")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123 x y z u /no/such/file\n\0\0")]
    public void A_broken_index_of_input_files_is_ignored(string content)
    {
        _project.Write(".pipelines/v1/input-files.txt", content);

        AssertWorks("exec ten.yaml");
        Assert.Empty(_project.Run("exec", "ten.yaml").Ran);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flip")]
    [InlineData("empty")]
    public void A_broken_lock_file_is_said_to_be_broken(string how)
    {
        Break(Path.Combine(_project.Root, "ten.lock.json"), how);

        var result = _project.Run("reproduce", "ten.yaml");

        // A changed hash is another promise, of whose metrics all may still be kept.
        Assert.True(result.Code is 1 or 2 || result.Output.Contains(" different: ", StringComparison.Ordinal), result.Everything);
        AssertNoCrash(result);
        AssertWorks("exec ten.yaml");
    }

    public void Dispose() => _project.Dispose();

    private void Break(string folder, string name, string how)
    {
        var files = _project.Files(Path.Combine(".pipelines", "v1", folder))
            .Where(file => file.EndsWith(name, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
            Break(Path.Combine(_project.Root, file), how);
    }

    private static void Break(string file, string how)
    {
        var bytes = File.ReadAllBytes(file);
        // The files of objects are read-only, so they are replaced.
        File.Delete(file);
        var at = bytes.Length * how switch { "flip early" => 1, "flip late" => 9, _ => 5 } / 10;
        if (how.StartsWith("flip", StringComparison.Ordinal) && bytes.Length > 0)
            bytes[at] ^= 0x15;
        File.WriteAllBytes(file, how switch { "cut" => bytes[..at], "empty" => [], _ => bytes });
    }

    private void AssertWorks(string command)
    {
        var result = _project.Run(command.Split(' '));
        AssertNoCrash(result);
        Assert.True(result.Code == 0, $"{command}: {result.Code}\n{result.Everything}");
    }

    private static void AssertNoCrash(Result result)
    {
        Assert.DoesNotContain("   at ", result.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Everything, StringComparison.Ordinal);
    }
}

/// <summary>A project in which ten.yaml has run once.</summary>
public sealed class TenStagesDone : IDisposable
{
    internal SmallProject Project { get; } = new();

    public TenStagesDone()
    {
        Project.WriteTenStages();
        var result = Project.Run("exec", "ten.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
    }

    internal SmallProject Copy()
    {
        var copy = new SmallProject();
        foreach (var file in Project.Files(""))
        {
            var target = Path.Combine(copy.Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Project.Root, file), target, overwrite: true);
        }
        return copy;
    }

    public void Dispose() => Project.Dispose();
}
