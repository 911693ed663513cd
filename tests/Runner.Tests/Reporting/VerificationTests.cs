using System.IO.Compression;
using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Verification;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>What was changed in a report or an archive is found, and what was not is confirmed.</summary>
public sealed class VerificationTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("verify-");

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void A_page_carries_what_it_is_made_from_and_a_hash_of_all_else_but_the_run()
    {
        var page = SampleRun.Text(SampleRun.Plan());

        var record = ReportRecord.In(page)!;

        Assert.Equal("pipelines/sample-run.yaml", record.File);
        Assert.Equal(SampleRun.Plan().Stages.Select(stage => stage.Id).Order(StringComparer.Ordinal), record.Stages.Keys);
        Assert.Equal(64, record.Stages["scores"]!.Length);
        Assert.InRange(record.Metrics["scores.test.exact_match"], 0.53, 0.54);
        Assert.Equal(record.Page, ReportRecord.HashOf(page));
        Assert.NotEqual(record.Page, ReportRecord.HashOf(Tampered(page)));
        Assert.Equal(
            record.Page, ReportRecord.HashOf(page.Replace("<!-- run: begin -->", "<!-- run: begin -->x", StringComparison.Ordinal)));
        // Only one part is about the run: another one hides nothing.
        Assert.NotEqual(record.Page, ReportRecord.HashOf(page.Replace("<h1>", "<!-- run: begin -->x<!-- run: end --><h1>",
            StringComparison.Ordinal)));
    }

    /// <summary>As older reports have it.</summary>
    [Fact]
    public void A_record_with_escaped_quotes_is_the_same_one()
    {
        var page = SampleRun.Text(SampleRun.Plan());
        var at = page.IndexOf("content='{", StringComparison.Ordinal);
        var end = page.IndexOf("' />", at, StringComparison.Ordinal);
        var escaped = $"{page[..at]}content=\"{page[(at + 9)..end].Replace("\"", "&quot;", StringComparison.Ordinal)}\"{page[(end + 1)..]}";

        var record = ReportRecord.In(escaped)!;

        Assert.Equal(ReportRecord.In(page)!.Stages, record.Stages);
        Assert.Equal(page, ReportRecord.Sealed(escaped));
        Assert.NotEqual(ReportRecord.In(page)!.Page, ReportRecord.HashOf(Tampered(escaped)));
    }

    [Fact]
    public void A_page_that_is_made_again_says_the_first_line_that_was_changed()
    {
        var page = SampleRun.Text(SampleRun.Plan());

        Assert.Equal(Confirmation.Confirmed, PageOf(page, page).Confirmation);
        var changed = PageOf(Tampered(page), page);

        Assert.Equal(Confirmation.Different, changed.Confirmation);
        Assert.Matches("^line [0-9]+ says '.*99,9.*'; made again it says '.*'$", changed.Why);
        Assert.Equal(Confirmation.Locked, PageOf(page, null).Confirmation);
        Assert.Equal(Confirmation.Different, PageOf(Tampered(page), null).Confirmation);
        Assert.Equal(Confirmation.Unknown, PageOf("<p>A page of another template</p>", null).Confirmation);
    }

    [Theory]
    [InlineData("<style>.answer-line { font-size: 0 }</style>", "'<style'")]
    [InlineData("<p style=\"position: fixed\">99.9%</p>", "'position:'")]
    [InlineData("<p onload=\"x()\">x</p>", "'onload='")]
    public void What_the_chapter_about_the_run_may_not_have_is_found(string markup, string part)
    {
        var page = SampleRun.Text(SampleRun.Plan());

        var forged = PageOf(page.Replace("<!-- run: end -->", markup + "<!-- run: end -->", StringComparison.Ordinal), page);

        Assert.Equal(Confirmation.Different, forged.Confirmation);
        Assert.Contains($"has {part}", forged.Why, StringComparison.Ordinal);
        // Without a store it cannot be told from what a template of the project would put there.
        var alone = PageOf(page.Replace("<!-- run: end -->", markup + "<!-- run: end -->", StringComparison.Ordinal), null);
        Assert.Equal(Confirmation.Unknown, alone.Confirmation);
        Assert.Contains($"has {part}", alone.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tables/scores-sequence_scores.csv", "changed", "its hash is not the one in manifest.json")]
    [InlineData("tables/scores-sequence_scores.csv", null, "it is missing")]
    [InlineData("tables/mine.csv", "added", "manifest.json does not list it")]
    public void A_file_of_an_archive_that_was_changed_removed_or_added_is_found(string name, string? content, string why)
    {
        var path = Archive();
        Assert.Equal([HandIn.Page], new FileVerification(HandedIn.Read(path), null, "no store").All().Select(file => file.Name));

        Change(path, name, content);

        var found = new FileVerification(HandedIn.Read(path), null, "no store").All();
        Assert.Equal((name, Confirmation.Different, why), (found[^1].Name, found[^1].Confirmation, found[^1].Why));
    }

    [Fact]
    public void An_archive_that_another_program_packed_again_is_the_same()
    {
        var path = Archive();
        Change(path, "figures/", "");

        Assert.DoesNotContain(new FileVerification(HandedIn.Read(path), null, "no store").All(),
            file => file.Confirmation == Confirmation.Different);
    }

    [Fact]
    public void A_fingerprint_that_the_page_and_the_list_of_its_archive_give_differently_is_found()
    {
        var path = Archive();
        var scores = HandedIn.Read(path).ListedStages["scores"]!;
        Change(path, HandIn.Manifest, Text(path, HandIn.Manifest).Replace(scores, new string('1', 64), StringComparison.Ordinal));

        var handed = HandedIn.Read(path);
        var stages = new StageVerification([], handed.Record!.Stages.ToDictionary(stage => stage.Key, stage => stage.Value!),
            new Dictionary<string, double>()).Stages(handed);

        Assert.Contains("have different fingerprints", stages.Single(stage => stage.Name == "scores").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_and_numbers_are_compared_with_a_new_plan_the_store_and_the_lock_file()
    {
        var page = SampleRun.Text(SampleRun.Plan());
        var stated = ReportRecord.In(page)!;
        StagePreview[] preview =
        [
            new("scores", "evaluate/sequence", new StageForecast.Reused(Hash(stated.Stages["scores"]!), TimeSpan.Zero)
            {
                Outputs = new(new Dictionary<string, IReadOnlyList<Artifact>>
                {
                    ["metrics"] = [new Metrics(ContentHash.Of("m"u8), "", new Dictionary<string, double> { ["test.exact_match"] = 0.5 })],
                }),
            }),
            new("rows", "load/csv", new StageForecast.WillRun(ContentHash.Of("new"u8), ["with.train changed"], null)),
            new("words", "tokenize/words", new StageForecast.DependsOnUpstream(["rows"], [], null)),
            new("padded", "pad", new StageForecast.DependsOnUpstream(["rows"], [], null)),
        ];
        StageVerification verification = new(preview,
            new Dictionary<string, string> { ["words"] = stated.Stages["words"]!, ["padded"] = new('2', 64) },
            new Dictionary<string, double> { ["scores.test.exact_match"] = stated.Metrics["scores.test.exact_match"] });

        var stages = verification.Stages(new(page, stated, new Dictionary<string, byte[]>())).ToDictionary(stage => stage.Name);

        Assert.Equal(Confirmation.Confirmed, stages["scores"].Confirmation);
        Assert.Equal(Confirmation.Different, stages["rows"].Confirmation);
        Assert.EndsWith("with.train changed", stages["rows"].Why, StringComparison.Ordinal);
        Assert.Equal((Confirmation.Locked, "not derived without results of rows"), (stages["words"].Confirmation, stages["words"].Why));
        Assert.Equal(Confirmation.Different, stages["padded"].Confirmation);
        Assert.Equal("the pipeline has no such stage", stages["model"].Why);
        var numbers = verification.Numbers(new Dictionary<string, double> { ["scores.test.exact_match"] = 0.5, ["other.x"] = 1 });
        Assert.Equal([Confirmation.Unknown, Confirmation.Different], numbers.Select(number => number.Confirmation));
        Assert.Contains("the report says 0.5, the lock file 0.53", numbers[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_archive_of_a_report_is_refused()
    {
        var path = Archive();
        Change(path, HandIn.Manifest, null);
        Assert.Contains(
            "no archive of a report", Assert.Throws<ReportException>(() => HandedIn.Read(path)).Message, StringComparison.Ordinal);

        File.WriteAllBytes(path, [.. "PK"u8, 1, 2, 3]);
        Assert.Contains("cannot be read", Assert.Throws<ReportException>(() => HandedIn.Read(path)).Message, StringComparison.Ordinal);
    }

    private static string Tampered(string page) => page.Replace("53,", "99,9", StringComparison.Ordinal);

    private static ContentHash Hash(string hex) => ContentHash.Find(hex)!.Value;

    private static Verified PageOf(string page, string? again) => new FileVerification(
        new(page, ReportRecord.In(page), new Dictionary<string, byte[]>()),
        again is null ? null : new Dictionary<string, byte[]> { [HandIn.Page] = Encoding.UTF8.GetBytes(again) }, "no store").All()[0];

    private string Archive()
    {
        var plan = SampleRun.Plan(yaml => yaml.Replace("  answers: answers.md", "", StringComparison.Ordinal));
        var run = SampleRun.Record(plan);
        Reports.Write(plan, run, _project.FullName, SampleRun.Home);
        return Path.Combine(_project.FullName, HandIn.Write(plan, run, _project.FullName, ["a"]));
    }

    private static string Text(string path, string name)
    {
        using var archive = ZipFile.OpenRead(path);
        using StreamReader reader = new(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static void Change(string path, string name, string? content)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Update);
        archive.GetEntry(name)?.Delete();
        if (content is null)
            return;
        using StreamWriter writer = new(archive.CreateEntry(name).Open());
        writer.Write(content);
    }
}
