using Pipelines.Runner.Storage;
using Pipelines.TestKit;

namespace Pipelines.Tests.Runner.Storage;

/// <summary>Nothing here is refused to root, whom no permission binds; everybody else would be.</summary>
public sealed class FolderRemovalTests : IDisposable
{
    private readonly TempWorkspace _workspace = new();

    [Fact]
    public void Folders_that_are_read_only_go_too()
    {
        var file = _workspace.Write("gone/a/b/file", "x");
        for (var folder = Path.GetDirectoryName(file)!; folder != _workspace.Root; folder = Path.GetDirectoryName(folder)!)
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        FolderRemoval.Remove(Path.Combine(_workspace.Root, "gone"));

        Assert.False(Directory.Exists(Path.Combine(_workspace.Root, "gone")));
    }

    [Fact]
    public void What_a_link_leads_to_stays_as_it_is()
    {
        _workspace.Write("kept/file", "x");
        Directory.CreateDirectory(Path.Combine(_workspace.Root, "gone"));
        Directory.CreateSymbolicLink(Path.Combine(_workspace.Root, "gone", "link"), Path.Combine(_workspace.Root, "kept"));

        FolderRemoval.Remove(Path.Combine(_workspace.Root, "gone"));

        Assert.Equal("x", _workspace.Read("kept/file"));
    }

    public void Dispose() => _workspace.Dispose();
}
