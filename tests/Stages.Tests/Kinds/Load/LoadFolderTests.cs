using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Load;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class LoadFolderTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_class_is_the_folder_of_its_texts()
    {
        Write("r/pos/2.txt", "good\n");
        Write("r/pos/10.txt", "très bien");
        Write("r/neg/1.txt", "bad");
        Write("r/neg/.hidden", "no text");

        var rows = await LoadAsync("r", p => p with { Keep = "file" });

        Assert.Equal(["bad", "très bien", "good\n"], rows.Values<string>("text").Items);
        Assert.Equal(["neg", "pos", "pos"], rows.Values<string>("label").Items);
        Assert.Equal(["1.txt", "10.txt", "2.txt"], rows.Values<string>("file").Items);
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_text()
    {
        Write("r/a/1.txt", "");
        Write("r/b/1.txt", "x");
        Assert.Equal(["", "x"], (await LoadAsync("r")).Values<string>("text").Items);
    }

    [Fact]
    public async Task Classes_that_are_named_may_have_others_beside_them()
    {
        Write("r/a/1.txt", "x");
        Write("r/b/1.txt", "y");
        Write("r/unsup/1.txt", "z");
        Write("r/README", "");

        Assert.Equal(["a", "b"], (await LoadAsync("r", p => p with { Classes = ["a", "b"] })).Values<string>("label").Items);
        Assert.Equal("r: beside the folders of classes there is a file: 'README'", (await FailAsync("r")).Message);
        Assert.Equal("r: there is no folder 'c'", (await FailAsync("r", p => p with { Classes = ["a", "c"] })).Message);
    }

    [Fact]
    public async Task One_class_or_none_is_refused()
    {
        Write("one/a/1.txt", "x");
        Assert.Equal("one: there is a single class, 'a'", (await FailAsync("one")).Message);
        Directory.CreateDirectory(Path.Combine(_run.Folder, "none"));
        Assert.Equal("none: there is no folder in it", (await FailAsync("none")).Message);
    }

    [Fact]
    public async Task A_class_without_texts_or_with_folders_is_refused()
    {
        Write("r/a/1.txt", "x");
        Directory.CreateDirectory(Path.Combine(_run.Folder, "r/b"));
        Assert.Equal("r: the class 'b' has no texts", (await FailAsync("r")).Message);
        Write("r/b/inner/1.txt", "x");
        Assert.Equal("r: in the class 'b' there is a folder, 'inner'", (await FailAsync("r")).Message);
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_named()
    {
        Write("r/a/1.txt", "x");
        Write("r/b/2.txt", Encoding.Latin1.GetBytes("né"));
        var error = await FailAsync("r");
        Assert.Equal("r: b/2.txt: byte 0xE9 at offset 1 is no utf-8", error.Message);
        Assert.Equal("encoding", error.Parameter);
    }

    private void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    private void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_run.Folder, path))!);
        _run.File(path, content);
    }

    private async Task<RowBatch> LoadAsync(string folder, Func<LoadFolder.Params, LoadFolder.Params>? with = null)
    {
        LoadFolder.Params parameters = new(new InputFile(Path.Combine(_run.Folder, folder)));
        return Assert.Single(await StageRun.ReadAsync(
            (Table)(await _run.RunAsync(new LoadFolder(), with?.Invoke(parameters) ?? parameters))["rows"]));
    }

    private Task<StageException> FailAsync(string folder, Func<LoadFolder.Params, LoadFolder.Params>? with = null) =>
        Assert.ThrowsAsync<StageException>(() => LoadAsync(folder, with));
}
