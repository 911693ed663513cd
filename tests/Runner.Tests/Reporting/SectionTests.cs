using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Sections;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>The chapters of a report are one list.</summary>
public sealed class SectionTests
{
    public static TheoryData<string> Sections => [.. ReportSections.All.Select(section => section.Id)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_has_a_title_in_both_languages(string section) =>
        Assert.All(new[] { "fr", "en" }, code => Assert.NotEqual("", SampleRun.Files.Language(code).Phrases[$"section_{section}"]));

    [Fact]
    public void Each_chapter_that_a_manifest_may_name_is_told_by_stages_in_that_order() =>
        Assert.Equal(ReportManifest.Sections, ReportSections.All.OfType<StagesSection>().Select(section => section.Id));

    [Fact]
    public void A_chapter_with_nothing_to_tell_is_left_out_and_the_others_keep_their_order()
    {
        var page = Page.Parse(SampleRun.Text(SampleRun.Plan()));
        var shown = page.Tagged("main").Single().Elements("section").Select(section => (string)section.Attribute("id")!).ToList();

        var all = ReportSections.All.Select(section => section.Id);
        Assert.Equal(["summary", .. all.Except(["preparation", "sweep", "embeddings", "comparison", "more"])], shown);
        Assert.Equal(shown, page.Tagged("nav", "contents").Single().Descendants("a")
            .Select(link => ((string)link.Attribute("href")!)[1..]));
    }

    [Fact]
    public void No_two_figures_or_tables_are_called_the_same()
    {
        var captions = Page.Parse(SampleRun.Text(SampleRun.Plan())).Tagged("figcaption")
            .Select(caption => string.Concat(caption.Nodes().Skip(1))).ToList();

        Assert.Empty(captions.GroupBy(caption => caption).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Contains(" Classes les plus fréquentes (letters)", captions);
    }

    [Fact]
    public void A_stage_tells_its_part_where_its_manifest_says() =>
        Assert.Contains(Page.Parse(SampleRun.Text(SampleRun.Plan())).Tagged("section")
            .Single(section => (string?)section.Attribute("id") == "training").Descendants("article"),
            block => (string?)block.Attribute("id") == "block-model");
}
