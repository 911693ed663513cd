using Pipelines.Runner.Execution;

namespace Pipelines.Tests.Runner.Execution;

public sealed class ReplacedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("replaced-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("job")]
    [InlineData("job.json")]
    [InlineData("job.")]
    [InlineData(".job")]
    public void A_file_of_any_name_is_replaced(string name)
    {
        var path = Path.Combine(_folder, name);
        ReplacedFile.Write(path, "old"u8.ToArray());

        ReplacedFile.Write(path, "new"u8.ToArray());

        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_nothing_else()
    {
        var path = Path.Combine(_folder, "p.lock.json");
        var old = $"{path}.{Guid.NewGuid():N}";
        string[] kept = [$"{path}.{Guid.NewGuid():N}", $"{path}.orig", Path.Combine(_folder, $"q.lock.json.{Guid.NewGuid():N}")];
        foreach (var file in kept.Append(old))
            File.WriteAllText(file, "");
        foreach (var file in kept[1..].Append(old))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-1));

        ReplacedFile.Write(path, "new"u8.ToArray());

        Assert.Equal(kept.Append(path).Order(StringComparer.Ordinal), Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal));
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Of_several_files_none_is_replaced_where_one_cannot_be_written()
    {
        var (first, second) = (Path.Combine(_folder, "page.html"), Path.Combine(_folder, "table.csv"));
        File.WriteAllText(first, "old");

        using (ReplacedFiles files = new())
        {
            files.Write(first, file => file.Write("new"u8));
            Assert.Equal("old", File.ReadAllText(first));
            Assert.Throws<IOException>(() => files.Write(second, _ => throw new IOException("no space")));
        }

        Assert.Equal(first, Assert.Single(Directory.EnumerateFiles(_folder)));
        Assert.Equal("old", File.ReadAllText(first));
    }

    [Fact]
    public void Several_files_are_replaced_in_the_order_of_writing()
    {
        string[] paths = [.. new[] { "b.csv", "a.csv", "key" }.Select(name => Path.Combine(_folder, name))];
        Directory.CreateDirectory(paths[^1]);
        using ReplacedFiles files = new();
        foreach (var path in paths)
            files.Write(path, file => file.Write("new"u8));

        Assert.ThrowsAny<Exception>(files.Replace);

        Assert.All(paths[..^1], path => Assert.Equal("new", File.ReadAllText(path)));
    }

    [Fact]
    public void A_write_that_fails_leaves_what_was_there()
    {
        var path = Path.Combine(_folder, "p.lock.json");
        File.WriteAllText(path, "old");

        Assert.Throws<IOException>(() => ReplacedFile.Write(path, _ => throw new IOException("no space")));

        Assert.Equal(path, Assert.Single(Directory.EnumerateFiles(_folder)));
        Assert.Equal("old", File.ReadAllText(path));
    }
}
