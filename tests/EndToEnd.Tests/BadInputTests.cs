using System.IO.Compression;
using System.Text;

namespace Pipelines.Tests.EndToEnd;

public sealed class BadInputTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("uses: pad,", "uses: padd,", "p.yaml:10:", "pad")]
    [InlineData("length: \"${length}\"", "lenght: 4", "p.yaml:10:", "length")]
    [InlineData("length: \"${length}\"", "length: many", "p.yaml:10:", "many")]
    [InlineData("from: codes,", "from: kodes,", "p.yaml:10:", "codes")]
    [InlineData("${length}", "${lenght}", "p.yaml:10:", "length")]
    [InlineData("uses: tokenize/words, from: rows", "uses: tokenize/words, from: padded", "p.yaml:8:", "padded")]
    [InlineData("from: codes,", "from: codes.card,", "p.yaml:10:", "card")]
    [InlineData("vars: { data: data,", "vars: &x { data: data,", "p.yaml:2:", "nchor")]
    [InlineData("${data}/train.csv", "${data}/trian.csv", "p.yaml:7:", "train.csv")]
    [InlineData("text: RawText,", "text: RawText, encoding: utf-7,", "p.yaml:7:", "utf-8")]
    [InlineData("text: RawText,", "text: RawText, keep: [Author, Author],", "p.yaml:7:", "Author")]
    [InlineData("text: RawText,", "text: RawText, sample: 2147483647,", "p.yaml:7:", "10000000")]
    public void What_is_wrong_in_the_file_is_shown_with_its_place(string old, string now, string place, string mentions)
    {
        _project.Edit("p.yaml", old, now);
        var result = _project.Run("exec", "p.yaml");
        Assert.Equal(2, result.Code);
        Assert.Contains(place, result.Error, StringComparison.Ordinal);
        Assert.Contains("^", result.Error, StringComparison.Ordinal);
        Assert.Contains(mentions, result.Error, StringComparison.Ordinal);
        AssertNoTrace(result);
    }

    [Fact]
    public void A_short_row_fails_its_stage_with_the_number_of_the_row()
    {
        _project.Write("data/train.csv", "RawText,ICD10\nasthme,J45\nfracture\n");
        var result = Failing();
        Assert.Contains("stage 'rows' failed: train.csv: row 2 (line 3) has 1 field, expected 2 (RawText, ICD10)", result.Error,
            StringComparison.Ordinal);
        Assert.Contains("go on with: ./runner exec p.yaml", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_encoding_fails_with_the_place_of_the_parameter()
    {
        File.WriteAllBytes(Path.Combine(_project.Root, "data/train.csv"), Encoding.Latin1.GetBytes("RawText,ICD10\nartère,I70\n"));
        Assert.Contains("train.csv: row 1 (line 2): byte 0xE8 at offset 17 is no utf-8", Failing().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_ends_early_fails_with_its_last_whole_row()
    {
        using (GZipStream gzip = new(File.Create(Path.Combine(_project.Root, "data/train.csv.gz")), CompressionLevel.Fastest))
            gzip.Write("RawText,ICD10\nasthme,J45\nfracture,S720\n"u8);
        var whole = File.ReadAllBytes(Path.Combine(_project.Root, "data/train.csv.gz"));
        File.WriteAllBytes(Path.Combine(_project.Root, "data/train.csv.gz"), whole[..^8]);
        _project.Edit("p.yaml", "train.csv", "train.csv.gz");
        var result = Failing();
        Assert.Contains("stage 'rows' failed: train.csv.gz: the archive is cut short after row 2", result.Error, StringComparison.Ordinal);
        Assert.Contains("p.yaml:7:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_fails()
    {
        _project.Write("data/test.csv", "");
        Assert.Contains("test.csv: the file is empty", Failing().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_and_long_texts_and_unseen_labels_are_no_failure()
    {
        _project.Write("data/test.csv", "RawText,ICD10\n,I10\nun deux trois quatre cinq six,J459\nasthme,Z999\n");
        var result = _project.Run("exec", "t.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
    }

    [Theory]
    [InlineData("exce", "did you mean 'exec'?")]
    [InlineData("exec no.yaml", "there is no pipeline file 'no.yaml'")]
    [InlineData("exec p.yaml --forec words", "did you mean '--force'?")]
    [InlineData("exec p.yaml --only wrods", "did you mean 'words'?")]
    [InlineData("exec p.yaml -p lenght=3", "length")]
    [InlineData("exec p.yaml --set stages.padded.with.lenght=3", "length")]
    [InlineData("exec p.yaml --jobs 0", "--jobs needs a number of at least 1")]
    [InlineData("show p.yaml words", "has no result that is up to date")]
    [InlineData("stages tokenise/words", "did you mean 'tokenize/words'?")]
    public void A_wrong_command_line_names_the_nearest(string arguments, string expected)
    {
        var result = _project.Run(arguments.Split(' '));
        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        AssertNoTrace(result);
    }

    private Result Failing()
    {
        var result = _project.Run("exec", "p.yaml");
        Assert.Equal(1, result.Code);
        AssertNoTrace(result);
        return result;
    }

    private static void AssertNoTrace(Result result) => Assert.DoesNotContain("   at ", result.Everything, StringComparison.Ordinal);

    [Fact]
    public void A_word_that_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        var result = _project.Run("show", "p.yaml", "@.");

        Assert.Equal(2, result.Code);
        Assert.Contains("no stage '@.'", result.Error, StringComparison.Ordinal);
    }
}
