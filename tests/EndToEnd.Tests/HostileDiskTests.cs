namespace Pipelines.Tests.EndToEnd;

/// <summary>Disks that are full or cannot be written, clocks that are wrong, folders that move.</summary>
public sealed class HostileDiskTests
{
    [RootFact]
    public void A_full_disk_fails_the_stage_and_the_next_run_goes_on()
    {
        using var disk = new SmallDisk("6m");
        using var project = new SmallProject(disk.Root);
        Assert.Equal(0, project.Run("exec", "p.yaml", "--only", "words").Code);
        project.Write("data/train.csv", "RawText,ICD10\n" + string.Concat(Enumerable.Range(0, 90_000)
            .Select(i => $"mot{i * 7919 % 65_537} mot{i * 104_729 % 65_537} fin{i},J45\n")));

        var full = project.Run("exec", "p.yaml");

        Assert.Equal(1, full.Code);
        Assert.Contains("the disk is full: the stage has written ", full.Error, StringComparison.Ordinal);
        Assert.Contains(" are free in ", full.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Everything, StringComparison.Ordinal);
        Assert.Equal(0, project.Run("cache", "verify").Code);
        disk.Remount("size=64m");
        var after = project.Run("exec", "p.yaml");
        Assert.Equal((0, ""), (after.Code, after.Error));
        Assert.Equal(0, project.Run("cache", "verify").Code);
    }

    [RootFact]
    public void A_disk_without_any_room_is_said_to_be_full()
    {
        using var disk = new SmallDisk("2m");
        using var project = new SmallProject(disk.Root);
        Assert.Equal(0, project.Run("exec", "p.yaml").Code);
        Fill(Path.Combine(disk.Root, "filling"));

        var full = project.Run("exec", "p.yaml", "-p", "length=3");

        Assert.Equal(1, full.Code);
        Assert.DoesNotContain("   at ", full.Everything, StringComparison.Ordinal);
        Assert.Contains(
            "o space left", full.Everything.Replace("disk is full", "no space left", StringComparison.Ordinal), StringComparison.Ordinal);
        File.Delete(Path.Combine(disk.Root, "filling"));
        Assert.Equal(0, project.Run("exec", "p.yaml", "-p", "length=3").Code);
    }

    [RootFact]
    public void A_command_that_says_more_than_the_disk_holds_goes_on()
    {
        using var disk = new SmallDisk("3m");
        using var project = new SmallProject(disk.Root);
        project.Write("c.yaml", """
            pipeline: c
            stages:
              noisy:
                run: "yes abcdefgh | head -c 9000000; rm filling; echo '{\"a\": 1}' > {out.m}"
                outputs: { m: metrics }

            """);
        project.Write("filling", new string('x', 500_000));

        var result = project.Run("exec", "c.yaml");

        Assert.Contains("noisy  warning: its log ends here: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("noisy  done in", result.Output, StringComparison.Ordinal);
    }

    [RootFact]
    public void From_a_store_that_cannot_be_written_one_can_still_plan_and_show()
    {
        using var disk = new SmallDisk("8m");
        using var project = new SmallProject(disk.Root);
        Assert.Equal(0, project.Run("exec", "p.yaml").Code);
        disk.Remount("ro");

        Assert.StartsWith("4 stages: 4 reused, 0 to run", project.Run("plan", "p.yaml").LastLine, StringComparison.Ordinal);
        Assert.Equal(0, project.Run("show", "p.yaml", "padded").Code);
        var result = project.Run("exec", "p.yaml");

        Assert.Contains("cannot be written", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Everything, StringComparison.Ordinal);
        disk.Remount("rw");
    }

    [Fact]
    public void A_clock_that_was_set_back_neither_hides_an_edit_nor_makes_work()
    {
        using var project = new SmallProject();
        var data = Path.Combine(project.Root, "data", "train.csv");
        File.SetLastWriteTimeUtc(data, DateTime.UtcNow.AddDays(400));
        Assert.Equal(0, project.Run("exec", "p.yaml").Code);
        foreach (var file in project.Files(".pipelines/v1/actions"))
            File.SetLastWriteTimeUtc(Path.Combine(project.Root, file), DateTime.UtcNow.AddDays(500));

        Assert.Empty(project.Run("exec", "p.yaml").Ran);
        project.Edit("data/train.csv", "asthme", "asthma");
        File.SetLastWriteTimeUtc(data, DateTime.UtcNow.AddDays(400));
        Assert.Contains("rows", project.Run("exec", "p.yaml").Ran);
    }

    [Fact]
    public void In_a_project_folder_that_was_moved_nothing_runs_again()
    {
        using var project = new SmallProject();
        Assert.Equal(0, project.Run("exec", "p.yaml").Code);
        var moved = project.Root + " moved";
        Directory.Move(project.Root, moved);

        var result = Runner.Run(moved, "exec", "p.yaml");

        Directory.Move(moved, project.Root);
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Empty(result.Ran);
    }

    [Fact]
    public void Long_names_with_blanks_and_letters_of_all_kinds_are_names()
    {
        using var parent = new TestKit.TempWorkspace();
        var folder = Path.Combine(parent.Root, string.Concat(Enumerable.Repeat("données à étudier — 数据 ", 7)).Trim());
        using var project = new SmallProject(Directory.CreateDirectory(folder).FullName);
        var name = new string('é', 60) + " 表 \U0001F600.yaml";
        project.Write(name, SmallProject.PreparingAs("other"));

        var result = project.Run("exec", name);

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.True(Path.Combine(project.Root, name).Length > 200);
        Assert.Empty(project.Run("exec", name).Ran);
    }

    private static void Fill(string path)
    {
        using var file = File.Create(path, bufferSize: 0);
        foreach (var size in new[] { 1 << 16, 1 << 12, 1 })
            try
            {
                while (true)
                    file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full for blocks of this size.
            }
    }
}
