using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>CSV as RFC 4180 says, with other separators and quotes too; beside it a machine of four states.</summary>
internal sealed class CsvFiles(string name, string separator, char? quote) : FuzzedFormat(name)
{
    public override IReadOnlyList<byte[]> Samples =>
        [.. Texts.Select(Encoding.UTF8.GetBytes), [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("x\ny\n")]];

    // Written with a comma and a double quote.
    private IEnumerable<string> Texts => (quote is null
        ? new[] { "text,label\nun \"deux,A\n\",B\n\n,\n", "\uFEFFtext,b\r\né 表,😀\r\n" }
        :
        [
            "text,label\nun deux,A\n\"a, \"\"b\"\"\nc\",B\n\n\"\",\n",
            "\uFEFFtext,label,id\r\ntrois,B,1\r\n\"é 表\",\"😀\",2\r\n", "a\rb\r\"c\rd\"\r",
        ])
        .Select(text => text.Replace(",", separator, StringComparison.Ordinal).Replace('"', quote ?? '"'));

    public override IReadOnlyList<string> Pieces =>
    [
        separator, separator[..1], "\"", "'", "\"\"", "\n", "\r", "\r\n", " ", "é", "表",
        "\U0001F600", "\0", "\u001F", "\u0085", "\u2028",
        "\uFEFF",
    ];

    public override async Task<bool> CheckAsync(string path, byte[] bytes)
    {
        await Task.CompletedTask;
        var expected = Expected(bytes);
        List<List<string>>? read = null;
        try
        {
            read = Read(path);
        }
        catch (StageException)
        {
            // The separator of several characters has this one in its place while it is read.
            var isKnown = separator.Length > 1 && bytes.Contains((byte)0x1F);
            Assert.True(expected is null || isKnown, "refused");
        }
        if (read is null)
            return false;
        Assert.NotNull(expected);
        Assert.Equal(expected, read);
        return true;
    }

    private List<List<string>>? Expected(byte[] bytes)
    {
        // A second mark in front, which some programs add to the first, is none of the text either.
        if (StrictText.Of(bytes)?.TrimStart('\uFEFF') is not { } text
            || StrictCsv.Read(text, separator, quote) is not [var header, ..] rows)
            return null;
        return rows.TrueForAll(row => row.Count == header.Count) ? rows : null;
    }

    private List<List<string>> Read(string path)
    {
        using CsvRows rows = new(new(path, "data.csv", "file", "encoding"), new(separator, quote));
        List<List<string>> read = [[.. rows.Columns]];
        while (rows.Read())
            read.Add([.. Enumerable.Range(0, rows.Columns.Count).Select(column => rows[column])]);
        return read;
    }
}
