using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Tables;

public sealed class CsvRowsTests : IDisposable
{
    private readonly TempWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("label,text\na,ok\nb,\"never closed\nc,third\nd,fourth", "data.csv: row 2 (line 3): a quote that is never closed")]
    [InlineData("text,label\na,b\nc,\"d\n\ne\nf,\"\"g", "data.csv: row 2 (line 3): a quote that is never closed")]
    [InlineData("text,label\n\"two\nlines\",\"open\n", "data.csv: row 1 (line 3): a quote that is never closed")]
    [InlineData("text,\"label", "data.csv: header (line 1): a quote that is never closed")]
    [InlineData("text,label\n\"", "data.csv: row 1 (line 2): a quote that is never closed")]
    public void A_quote_left_open_is_named_by_the_line_it_opened_on(string csv, string said)
    {
        var error = Refused(csv);
        Assert.Equal(said, error.Message);
        Assert.Contains("quoted: false", error.Help, StringComparison.Ordinal);
        Assert.Equal("train", error.Parameter);
    }

    [Theory]
    [InlineData("\"quoi de neuf,joy\nil pleut,sad\nelle dit \"oui,joy\nfin,sad\n",
        "data.csv: header (line 3): text after a closing quote; the quote was opened on line 1")]
    [InlineData("text,label\n\"a\" ,b\n", "data.csv: row 1 (line 2): text after a closing quote; the quote was opened on line 2")]
    [InlineData("text,label\r\n\r\n\"dit \"oui\"\",b\r\n",
        "data.csv: row 1 (line 3): text after a closing quote; the quote was opened on line 3")]
    [InlineData("text,label\n\"x\n\ny\",\"a\nb\"c\n",
        "data.csv: row 1 (line 5): text after a closing quote; the quote was opened on line 4")]
    public void Text_after_a_closing_quote_is_an_error(string csv, string said)
    {
        var error = Refused(csv);
        Assert.Equal(said, error.Message);
        Assert.Contains("quoted: false", error.Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text,label\n12\" disk,b\n", "data.csv: row 1 (line 2): a quote inside a field that does not begin with one")]
    [InlineData("text,label\na, \"b, c\"\n", "data.csv: row 1 (line 2): a quote inside a field that does not begin with one")]
    [InlineData("text,la\"bel\n", "data.csv: header (line 1): a quote inside a field that does not begin with one")]
    public void A_quote_inside_an_unquoted_field_is_an_error(string csv, string said) => Assert.Equal(said, Refused(csv).Message);

    [Theory]
    [InlineData("text,label\na,b\nc\n", "data.csv: row 2 (line 3) has 1 field, expected 2 (text, label)")]
    [InlineData("text,label\na,b,c\n", "data.csv: row 1 (line 2) has 3 fields, expected 2 (text, label)")]
    [InlineData("text,label\n\"a\n\nb\",c\nd,e\nf,g,h\n", "data.csv: row 3 (line 6) has 3 fields, expected 2 (text, label)")]
    [InlineData("text,label\na,b\n,\n \n", "data.csv: row 3 (line 4) has 1 field, expected 2 (text, label)")]
    [InlineData("a,b,c,d,e,f,g,h,i,j\n1\n", "data.csv: row 1 (line 2) has 1 field, expected 10 (a, b, c, d, e, f, g, h, …)")]
    public void Another_number_of_fields_is_an_error(string csv, string said) => Assert.Equal(said, Refused(csv).Message);

    [Theory]
    [InlineData("text,label\na,b\nc,d")]
    [InlineData("text,label\na,b\nc,d\n")]
    [InlineData("text,label\r\na,b\r\nc,d\r\n")]
    [InlineData("text,label\ra,b\rc,d")]
    [InlineData("\uFEFFtext,label\na,b\n\n\nc,d\n\n")]
    [InlineData("\"text\",\"label\"\n\"a\",\"b\"\n\"c\",d")]
    public void Every_end_of_line_and_none_at_the_end_are_read(string csv) => Assert.Equal([["a", "b"], ["c", "d"]], Read(csv, new()));

    [Fact]
    public void A_last_field_that_is_empty_is_a_field() =>
        Assert.Equal([["a", ""], ["", ""], ["", ""]], Read("text,label\na,\n,\n\"\",\"\"", new()));

    [Fact]
    public void Other_quotes_and_separators_are_used() =>
        Assert.Equal([["l'a;b", "\"c"], ["d\ne", ""]], Read("text;label\n'l''a;b';\"c\n'd\ne';''", new(";", '\'')));

    [Theory]
    [InlineData("||")]
    [InlineData("§")]
    [InlineData("::=>")]
    [InlineData("\t")]
    [InlineData("qx")]
    public void Separators_of_any_length_separate(string separator) => Assert.Equal(
        [[$"x{separator}y", "1"], ["z", "2"]],
        Read($"text{separator}label\n\"x{separator}y\"{separator}1\nz{separator}2\n", new(separator)));

    [Fact]
    public void Errors_are_placed_right_beside_long_separators() => Assert.Equal(
        "data.csv: row 1 (line 5): text after a closing quote; the quote was opened on line 4",
        Refused("text||label\n\"x||\n\ny\"||\"a\nb\"c\n", new("||")).Message);

    [Fact]
    public void Without_quotes_every_sign_is_text() =>
        Assert.Equal([["\"a", "b\""], ["c\"d", "\"\"\""]], Read("text,label\n\"a,b\"\nc\"d,\"\"\"\n", new(Quote: null)));

    [Fact]
    public void The_last_separators_separate() =>
        Assert.Equal([["a, b, c", "1"], ["d", "2"], ["\"e, f\"", "3"]],
            Read("a, b, c,1\nd,2\n\"e, f\",3\n", new(Quote: null, Columns: ["text", "label"], Separates: Separators.Last)));

    [Fact]
    public void A_quoted_text_says_itself_where_it_ends()
    {
        CsvFormat format = new(Columns: ["text", "label"], Separates: Separators.Last);
        Assert.Equal([["a, b", "1"], ["c,d", "2"]], Read("a, b,1\n\"c,d\",2\n", format));
        Assert.Equal("data.csv: row 1 (line 1) has 3 fields, expected 2 (text, label)", Refused("\"a\",b,1\n", format).Message);
    }

    [Theory]
    [InlineData("text,label\n\"", "data.csv: row 2 (line 3): longer than 8 MiB", '"')]
    [InlineData("text,label\n", "data.csv: row 2 (line 3): longer than 8 MiB", null)]
    public void A_row_that_never_ends_takes_no_more_than_its_share(string start, string said, char? quote)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Refused($"{start.Replace("\n", "\na,b\n", StringComparison.Ordinal)}{new string('x', 3 * CsvRows.MaxRowBytes)}",
            new(Quote: quote));
        Assert.Equal(said, error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256L << 20);
    }

    [Fact]
    public void A_row_just_within_the_limit_is_read() =>
        Assert.Equal(CsvRows.MaxRowBytes - 2, Read($"text,label\n{new string('x', CsvRows.MaxRowBytes - 2)},b\n", new())[0][0].Length);

    [Fact]
    public void A_name_that_stands_twice_in_the_header_cannot_be_asked_for()
    {
        using var rows = Open("text,label,label\na,b,c\n", new());
        Assert.Equal("data.csv: the column 'label' stands 2 times in the header",
            Assert.Throws<StageException>(() => rows.IndexOf("label", "label")).Message);
        Assert.Equal(0, rows.IndexOf("text", "text"));
    }

    /// <summary>What an independent reader takes is read as it reads it; what it refuses is refused.</summary>
    [Theory]
    [InlineData(",", '"')]
    [InlineData("||", '"')]
    [InlineData(";", '\'')]
    [InlineData(",", null)]
    [InlineData("--", null)]
    public void Rows_are_those_of_an_independent_reader(string separator, char? quote)
    {
        string[] pieces = ["a", "é", " ", separator, separator, separator[..1], quote?.ToString() ?? "\"", quote?.ToString() ?? "\"", "\"",
            "'", "\n", "\r", "\r\n", "\U0001F600"];
        var random = new Random(4180);
        var accepted = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => pieces[random.Next(pieces.Length)]));
            var expected = StrictCsv.Read(text, separator, quote);
            if (expected is { Count: > 0 } && expected.Exists(row => row.Count != expected[0].Count))
                expected = null;
            var actual = Record.Exception(() => Read(text, new(separator, quote))) is { } error
                ? error is StageException ? null : throw error
                : Read(text, new(separator, quote));
            Assert.True(expected is null or { Count: 0 } ? actual is null : expected.Skip(1).SequenceEqual(actual!, new RowComparer()),
                $"{text}\n{i}");
            accepted += actual is null ? 0 : 1;
        }
        Assert.InRange(accepted, 400, 4_000);
    }

    private List<List<string>> Read(string csv, CsvFormat format)
    {
        using var rows = Open(csv, format);
        List<List<string>> read = [];
        while (rows.Read())
            read.Add([.. Enumerable.Range(0, rows.Columns.Count).Select(column => rows[column])]);
        return read;
    }

    private StageException Refused(string csv, CsvFormat? format = null) => Assert.Throws<StageException>(() => Read(csv, format ?? new()));

    private CsvRows Open(string csv, CsvFormat format)
    {
        var path = Path.Combine(_workspace.Root, "data.csv");
        File.WriteAllText(path, csv, new UTF8Encoding(false));
        return new(new(path, "data.csv", "train", "encoding"), format);
    }

    private sealed class RowComparer : IEqualityComparer<List<string>>
    {
        public bool Equals(List<string>? x, List<string>? y) => x!.SequenceEqual(y!);

        public int GetHashCode(List<string> row) => row.Count;
    }
}
