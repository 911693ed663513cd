using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pipelines.Runner.Reporting;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>What is handed in is complete, and is what its list says.</summary>
public sealed partial class HandInTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("hand-in-");

    [Fact]
    public void The_archive_has_all_parts_and_their_hashes_and_the_same_bytes_again()
    {
        var plan = SampleRun.Plan(yaml => yaml.Replace("  answers: answers.md", "", StringComparison.Ordinal));
        var run = SampleRun.Record(plan);
        Reports.Write(plan, run, _project.FullName, SampleRun.Home);

        var path = HandIn.Write(plan, run, _project.FullName, ["Zoé Le Goff", "DURAND"]);
        var bytes = File.ReadAllBytes(Path.Combine(_project.FullName, path));
        HandIn.Write(plan, run, _project.FullName, ["Zoé Le Goff", "DURAND"]);

        Assert.Equal("reports/tp_sample-run_zoe-le-goff_durand.zip", path);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_project.FullName, path)));
        using ZipArchive archive = new(new MemoryStream(bytes));
        var names = archive.Entries.Select(entry => entry.FullName).ToList();
        Assert.Superset(
            new HashSet<string>
            {
                "report.html", "pipeline.yaml", "metrics.json", "findings.json", "tables/scores-sequence_scores.csv",
                "figures/figure-scores-prefix-accuracy.svg", HandIn.Manifest,
            },
            names.ToHashSet());
        using var manifest = JsonDocument.Parse(BytesOf(archive, HandIn.Manifest));
        var hashes = manifest.RootElement.GetProperty("files").EnumerateObject().ToDictionary(
            file => file.Name, file => file.Value.GetString());
        Assert.Equal(names.Except([HandIn.Manifest]).Order(StringComparer.Ordinal), hashes.Keys.Order(StringComparer.Ordinal));
        Assert.All(hashes, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(BytesOf(archive, file.Key))), file.Value));
        Assert.Equal(
            plan.Stages.Select(stage => stage.Id).Order(StringComparer.Ordinal),
            manifest.RootElement.GetProperty("stages").EnumerateObject().Select(stage => stage.Name));
    }

    [Fact]
    public void Every_drawing_of_a_report_is_a_picture_with_its_own_colours()
    {
        var html = SampleRun.Text(SampleRun.Plan());

        var pictures = ReportPictures.Of(html).ToDictionary(picture => picture.Name, picture => XDocument.Parse(picture.Svg));

        var drawn = Page.Parse(html).Descendants("figure").Where(figure => figure.Descendants("svg").Any()
            && ((string?)figure.Attribute("class"))?.Split(' ')[0] == "drawing");
        Assert.Equal(drawn.Select(figure => (string)figure.Attribute("id")!).Order(), pictures.Keys.Order());
        Assert.All(pictures.Values, picture =>
        {
            var style = picture.Descendants().First(element => element.Name.LocalName == "style").Value;
            Assert.Contains("svg .s0 .curve, svg .s0.curve, svg .curve.s0 { fill:none;stroke:#0072b2;", style, StringComparison.Ordinal);
            Assert.DoesNotContain("@", style, StringComparison.Ordinal);
            Assert.Matches("^[0-9.]+$", (string)picture.Root!.Attribute("width")!);
            Assert.Equal(["--s"], [.. VariableUses().Matches(style).Select(use => use.Groups[1].Value).Distinct()]);
        });
    }

    [Fact]
    public void Without_a_report_there_is_nothing_to_hand_in()
    {
        var plan = SampleRun.Plan();

        Assert.Contains("to hand in", Assert.Throws<ReportException>(
            () => HandIn.Write(plan, SampleRun.Record(plan), _project.FullName, ["a"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_a_letter_is_refused()
    {
        var plan = SampleRun.Plan(yaml => yaml.Replace("  answers: answers.md", "", StringComparison.Ordinal));
        Reports.Write(plan, SampleRun.Record(plan), _project.FullName, SampleRun.Home);

        Assert.Throws<ReportException>(() => HandIn.Write(plan, SampleRun.Record(plan), _project.FullName, ["../.."]));
    }

    public void Dispose() => _project.Delete(recursive: true);

    private static byte[] BytesOf(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex(@"var\((--[\w-]+)\)")]
    private static partial Regex VariableUses();
}
