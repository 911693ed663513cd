using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.TestKit;

namespace Pipelines.Tests.Runner.Storage;

public sealed class InputFilesTests : IDisposable
{
    private readonly TempWorkspace _workspace = new();

    [Fact]
    public void A_file_at_rest_is_remembered_by_its_stamp()
    {
        _workspace.Write("a.csv", "abc");
        var later = TimeProviderAt(DateTimeOffset.UtcNow.AddMinutes(1));
        HashAndSave(later);
        var line = Assert.Single(File.ReadAllLines(IndexFile)[..^1]);

        // A wrong hash in the index shows that the file is not read again.
        var other = "beef" + line[4..] + "\n";
        File.WriteAllText(IndexFile, other + ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(other)).Hex);

        Assert.StartsWith("beef", new InputFiles(_workspace.Root, later).Find("a.csv")!.Value.Hex, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bit_of_the_index_that_changed_on_the_disk_is_no_other_content()
    {
        _workspace.Write("a.csv", "abc");
        var later = TimeProviderAt(DateTimeOffset.UtcNow.AddMinutes(1));
        HashAndSave(later);
        var right = new InputFiles(_workspace.Root, later).Find("a.csv");
        var whole = File.ReadAllBytes(IndexFile);
        for (var at = 0; at < whole.Length; at++)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= 1;
            File.WriteAllBytes(IndexFile, bytes);

            Assert.Equal(right, new InputFiles(_workspace.Root, later).Find("a.csv"));
        }
    }

    [Fact]
    public void A_pipe_is_no_file_and_is_not_waited_for()
    {
        var path = Path.Combine(_workspace.Root, "pipe");
        Assert.Equal(0, MakePipe(path, 0x1b0));
        var files = new InputFiles(_workspace.Root, TimeProvider.System);

        Assert.True(files.IsSpecial("pipe"));
        Assert.False(files.IsFile("pipe"));
        Assert.Contains("is a pipe or a device", Assert.Throws<IOException>(() => files.Find("pipe")).Message, StringComparison.Ordinal);
        Assert.False(files.IsSpecial("."));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int MakePipe(
        [System.Runtime.InteropServices.MarshalAs(System.Runtime.InteropServices.UnmanagedType.LPUTF8Str)] string path, uint mode);

    [Fact]
    public void A_folder_that_links_to_itself_is_refused_and_one_that_links_to_another_is_followed()
    {
        _workspace.Write("other/x", "x");
        _workspace.Write("data/deep/y", "y");
        Directory.CreateSymbolicLink(Path.Combine(_workspace.Root, "data", "other"), Path.Combine(_workspace.Root, "other"));
        var before = new InputFiles(_workspace.Root, TimeProvider.System).Find("data");
        _workspace.Write("other/x", "z");
        Assert.NotEqual(before, new InputFiles(_workspace.Root, TimeProvider.System).Find("data"));

        foreach (var name in new[] { "a", "b" })
            Directory.CreateSymbolicLink(Path.Combine(_workspace.Root, "data", "deep", name), "..");

        var error = Assert.Throws<IOException>(() => new InputFiles(_workspace.Root, TimeProvider.System).Find("data"));
        Assert.Contains("is a link to a folder around it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_written_a_moment_ago_is_not_remembered()
    {
        _workspace.Write("a.csv", "abc");

        HashAndSave(TimeProvider.System);

        Assert.False(File.Exists(IndexFile));
    }

    [Fact]
    public void A_file_of_the_same_size_and_date_but_changed_is_noticed()
    {
        var file = _workspace.Write("a.csv", "abc");
        var later = TimeProviderAt(DateTimeOffset.UtcNow.AddMinutes(1));
        var before = new InputFiles(_workspace.Root, later).Find("a.csv");
        HashAndSave(later);
        var date = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, "abd");
        File.SetLastWriteTimeUtc(file, date);

        Assert.NotEqual(before, new InputFiles(_workspace.Root, later).Find("a.csv"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no index\nat all")]
    public void A_broken_index_only_costs_time(string content)
    {
        _workspace.Write("a.csv", "abc");
        _workspace.Write(".pipelines/v1/input-files.txt", content);

        Assert.NotNull(new InputFiles(_workspace.Root, TimeProvider.System).Find("a.csv"));
    }

    [Fact]
    public void The_root_is_the_nearest_folder_with_a_store_or_a_repository()
    {
        var pipeline = _workspace.Write("work/repo/pipelines/a.yaml", "");
        Assert.Equal(Path.Combine(_workspace.Root, "work", "repo"), ProjectRoot.Of(pipeline));
        Assert.Equal(
            Path.Combine(_workspace.Root, "work", "repo"), ProjectRoot.Of(_workspace.Write("work/repo/pipelines/small/a.yaml", "")));
        Assert.Equal(
            Path.Combine(_workspace.Root, "work", "repo", "other"), ProjectRoot.Of(_workspace.Write("work/repo/other/a.yaml", "")));

        Directory.CreateDirectory(Path.Combine(_workspace.Root, "work", ".pipelines"));
        Assert.Equal(Path.Combine(_workspace.Root, "work"), ProjectRoot.Of(pipeline));

        _workspace.Write("work/repo/.git", "gitdir: elsewhere");
        Assert.Equal(Path.Combine(_workspace.Root, "work", "repo"), ProjectRoot.Of(pipeline));
    }

    public void Dispose() => _workspace.Dispose();

    private string IndexFile => Path.Combine(_workspace.Root, ".pipelines", "v1", "input-files.txt");

    private void HashAndSave(TimeProvider time)
    {
        var files = new InputFiles(_workspace.Root, time);
        files.Find("a.csv");
        files.Save();
    }

    private static FixedTime TimeProviderAt(DateTimeOffset now) => new(now);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
