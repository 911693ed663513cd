using System.IO.Compression;
using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Load;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>What ends early, is damaged, or is something else never passes for whole.</summary>
public sealed class BrokenInputTests : IDisposable
{
    private static readonly string Rows = "text,label\n" +
        string.Concat(Enumerable.Range(1, 5_000).Select(i => $"texte {i * 7919 % 5003},A{i % 7}\n"));

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_cut_archive_is_named_with_the_last_whole_row()
    {
        var archive = Packed(Rows);
        var error = await FailAsync("train.csv.gz", archive[..(archive.Length / 2)]);
        var row = int.Parse(error.Message["train.csv.gz: the archive is cut short after row ".Length..],
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(row, 1_000, 4_000);
        Assert.Equal("file", error.Parameter);
        Assert.Equal("train.csv.gz: the archive is cut short after row 5000", (await FailAsync("train.csv.gz", archive[..^8])).Message);
    }

    [Fact]
    public async Task An_archive_cut_at_the_end_of_a_line_is_noticed()
    {
        // What can be read of it is exactly three rows.
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("text,label\na,A\nb,B\nc,C\n"u8);
            gzip.Flush();
            Assert.Equal("train.csv.gz: the archive is cut short after row 3", (await FailAsync("train.csv.gz", packed.ToArray())).Message);
        }
        Assert.Equal(3, (await LoadAsync("train.csv.gz", packed.ToArray())).Count);
    }

    [Fact]
    public async Task A_cut_inside_a_quoted_field_is_a_cut_not_an_open_quote() =>
        Assert.Equal("train.csv.gz: the archive is cut short after row 1",
            (await FailAsync("train.csv.gz", Packed("text,label\na,A\n\"b,c\n")[..^4])).Message);

    [Fact]
    public async Task An_archive_is_one_whatever_its_name() => Assert.Equal(5_000, (await LoadAsync("train.csv", Packed(Rows))).Count);

    [Theory]
    [InlineData("train.zip", "504B03041400", "the file is a zip archive (or an Excel or OpenDocument file)")]
    [InlineData("train.csv", "28B52FFD0458", "the file is a Zstandard archive")]
    [InlineData("train.csv.bz2", "425A683931415926", "the file is a bzip2 archive")]
    [InlineData("train.csv.xz", "FD377A585A000004", "the file is an xz archive")]
    [InlineData("train.csv", "5041523115041510", "the file is a Parquet file")]
    [InlineData("train.csv", "255044462D312E37", "the file is a PDF")]
    [InlineData("train.csv.gz", "746578740A", "the file is no gzip archive, although its name ends in .gz")]
    [InlineData("train.csv", "", "the file is empty")]
    [InlineData("train.csv", "EFBBBF", "the file is empty")]
    [InlineData("train.csv", "0A0A0D0A", "the file is empty")]
    [InlineData("train.csv", "EFBBBF746578742C6C6162656C0A", "the file holds no rows")]
    public async Task What_is_no_table_is_said_to_be_none(string name, string hex, string said)
    {
        var error = await FailAsync(name, Convert.FromHexString(hex));
        Assert.Equal(($"{name}: {said}", "file"), (error.Message, error.Parameter));
        Assert.NotNull(error.Help);
    }

    [Fact]
    public async Task A_pipe_is_refused_without_waiting_for_a_writer()
    {
        var path = Path.Combine(_run.Folder, "pipe.csv");
        using var made = System.Diagnostics.Process.Start("mkfifo", [path])!;
        await made.WaitForExitAsync();
        File.CreateSymbolicLink(path + ".link", path);
        foreach (var file in new[] { path, path + ".link", "/dev/zero", "/dev/null" })
            Assert.EndsWith("the file is empty",
                (await Assert.ThrowsAsync<StageException>(() => RunAsync(new(file)).WaitAsync(TimeSpan.FromSeconds(30)))).Message,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text,label\na,A\nb\0,B\n", "train.csv: row 2 (line 3): a NUL character, which no text has, at offset 16")]
    [InlineData("text,label\n\"a\n\nb\",A\n\"c\n\xC3\",B\n", "train.csv: row 2 (line 6): byte 0xC3 at offset 23 is no utf-8")]
    [InlineData("te\xFFxt,label\na,A\n", "train.csv: header (line 1): byte 0xFF at offset 2 is no utf-8")]
    [InlineData("text,label\na,A\nb,B\xC3", "train.csv: row 2 (line 3): byte 0xC3 at offset 18 is no utf-8")]
    public async Task Bytes_that_are_no_text_are_named_by_row_line_and_offset(string latin, string said)
    {
        var error = await FailAsync("train.csv", Encoding.Latin1.GetBytes(latin));
        Assert.Equal((said, "encoding"), (error.Message, error.Parameter));
    }

    [Fact]
    public async Task A_wrong_byte_far_inside_is_named_by_its_own_row()
    {
        var bytes = Encoding.UTF8.GetBytes("text,label\n" + string.Concat(Enumerable.Repeat(Rows["text,label\n".Length..], 20)));
        var at = bytes.AsSpan(0, bytes.Length / 2).LastIndexOf("\n"u8) + 4;
        bytes[at] = 0xFF;
        var line = bytes.AsSpan(0, at).Count((byte)'\n') + 1;
        Assert.Equal($"train.csv: row {line - 1} (line {line}): byte 0xFF at offset {at} is no utf-8",
            (await FailAsync("train.csv", bytes)).Message);
    }

    [Fact]
    public async Task Utf_16_is_recognised_by_its_mark_and_asked_for_without_one()
    {
        byte[] marked = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("text,label\nété,A\n")];
        Assert.Equal(["été"], (await LoadAsync("train.csv", marked)).Values<string>("text").Items);
        var error = await FailAsync("train.csv", marked[2..]);
        Assert.Equal("encoding", error.Parameter);
        Assert.Contains("encoding: utf-16", error.Help, StringComparison.Ordinal);
        Assert.Equal(["été"],
            (await RunAsync(_run.File("train.csv", marked[2..]), p => p with { Encoding = "utf-16" })).Values<string>("text").Items);
    }

    [Fact]
    public async Task A_field_of_7_MB_is_read_and_one_of_15_is_refused_with_words()
    {
        Assert.Equal(7 << 20,
            (await LoadAsync("train.csv", Encoding.UTF8.GetBytes($"text,label\n{new string('x', 7 << 20)},A\n")))
                .Values<string>("text")[0].Length);
        var error = await FailAsync("train.csv", Encoding.UTF8.GetBytes($"text,label\n{new string('x', 15 << 20)},A\n"));
        Assert.Equal("train.csv: row 1 (line 2): longer than 8 MiB", error.Message);
    }

    private static byte[] Packed(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private Task<StageException> FailAsync(string name, byte[] content) =>
        Assert.ThrowsAsync<StageException>(() => LoadAsync(name, content));

    private Task<RowBatch> LoadAsync(string name, byte[] content) => RunAsync(_run.File(name, content));

    private async Task<RowBatch> RunAsync(InputFile file, Func<LoadCsv.Params, LoadCsv.Params>? with = null)
    {
        LoadCsv.Params parameters = new(new(file, Select: new(Label: "label")));
        return Assert.Single(
            await StageRun.ReadAsync((Table)(await _run.RunAsync(new LoadCsv(), with?.Invoke(parameters) ?? parameters))["rows"]));
    }
}
