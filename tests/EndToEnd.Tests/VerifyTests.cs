using System.Text.Json;

namespace Pipelines.Tests.EndToEnd;

/// <summary>A report is checked with what the repository gives, in the folder where it was made and in a fresh clone.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_report_is_confirmed_where_it_was_made_and_contradicted_once_it_or_the_pipeline_was_changed()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        Assert.Equal(0, _project.Run("report", "p.yaml", "--zip", "Martin").Code);

        var right = _project.Run("verify", "reports/tp_small_martin.zip");
        Assert.True(right.Code == 0, right.Output + right.Error);
        Assert.Contains("4 stages: 4 confirmed", right.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(_project.Run("verify", "reports/small.html", "--json").Output);
        Assert.True(json.RootElement.GetProperty("holds").GetBoolean());

        var page = _project.Read("reports/small.html");
        _project.Edit("reports/small.html", "<h1>small</h1>", "<h1>large</h1>");
        var changed = _project.Run("verify", "reports/small.html");
        Assert.Equal(1, changed.Code);
        Assert.Contains("says 'large'; made again it says 'small'", changed.Output, StringComparison.Ordinal);
        _project.Write("reports/small.html", page);

        // Without the store, as in a clone: what is read from files is derived, the rest is compared with the lock file.
        Directory.Move(Path.Combine(_project.Root, ".pipelines"), Path.Combine(_project.Root, "store"));
        Directory.CreateDirectory(Path.Combine(_project.Root, ".pipelines"));
        var cloned = _project.Run("verify", "reports/small.html");
        Assert.True(cloned.Code == 0, cloned.Output + cloned.Error);
        Assert.Contains("4 stages: 1 confirmed, 3 as in the lock file", cloned.Output, StringComparison.Ordinal);

        _project.Edit("data/test.csv", "asthme aigu", "asthme grave");
        var other = _project.Run("verify", "reports/small.html");
        Assert.Equal(1, other.Code);
        Assert.Matches("rows +different: the repository gives the fingerprint", other.Output);
    }

    [Fact]
    public void A_page_of_another_template_is_compared_with_what_that_template_gives()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        Assert.Equal(0, _project.Run("report", "p.yaml", "--template", "summary").Code);

        var right = _project.Run("verify", "reports/small.summary.html");
        Assert.True(right.Code == 0, right.Output + right.Error);
        Assert.Contains("made again, it is the same", right.Output, StringComparison.Ordinal);

        _project.Edit("reports/small.summary.html", "<h1>small</h1>", "<h1>large</h1>");
        var changed = _project.Run("verify", "reports/small.summary.html");
        Assert.Contains("made again it says 'small'", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_is_not_there_is_said_before_anything_is_written()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        File.Delete(Path.Combine(_project.Root, "reports/small.html"));

        var none = _project.Run("report", "p.yaml", "--template", "sumary");

        Assert.Equal(2, none.Code);
        Assert.Contains("did you mean 'summary'", none.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_project.Root, "reports/small.html")));
    }

    [Fact]
    public void A_report_that_names_what_is_not_there_is_not_valid()
    {
        _project.Write("p.yaml", _project.Read("p.yaml") + "report: { answers: answers.md }\n");

        var missing = _project.Run("validate", "p.yaml");

        Assert.Equal(2, missing.Code);
        Assert.DoesNotContain("valid", missing.Output, StringComparison.Ordinal);
        Assert.Contains("there is no file 'answers.md'", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_report_and_a_pipeline_that_is_not_here_are_said()
    {
        _project.Write("x.html", "<html><p>x</p></html>");
        _project.Write("x.md", "# small");

        Assert.Contains("does not say which pipeline", _project.Run("verify", "x.html").Error, StringComparison.Ordinal);
        Assert.Contains("'x.md' is neither a report nor an archive", _project.Run("verify", "x.md").Error, StringComparison.Ordinal);
        Assert.Contains("there is no file 'y.html'", _project.Run("verify", "y.html").Error, StringComparison.Ordinal);
    }
}
