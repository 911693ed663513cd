using Pipelines.Tests.Runner.Reporting;
using Pipelines.Tests.Runner.Reporting.Findings;

namespace Pipelines.Tests.Report;

/// <summary>Reports are valid HTML, and not only what browsers put up with.</summary>
public sealed class HtmlTests
{
    [Theory]
    [InlineData("fr", "experiment")]
    [InlineData("en", "experiment")]
    [InlineData("fr", "summary")]
    public void A_report_is_valid(string language, string template)
    {
        var plan = SampleRun.Plan(yaml => yaml.Replace("language: fr", $"language: {language}", StringComparison.Ordinal)
            .Replace("template: experiment", $"template: {template}", StringComparison.Ordinal));

        var faults = HtmlFaults.Of(SampleRun.Text(plan, FindingSamples.Everything));

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("<p>a<div>b</div></p>", "p")]
    [InlineData("<ul><p>a</p></ul>", "p in ul")]
    [InlineData("<p id='a'>b</p><p id='a'>c</p>", "id 'a' (2 times)")]
    [InlineData("<a href='#b'>c</a>", "nothing has the id 'b'")]
    [InlineData("<figure><p>a</p><figcaption>b</figcaption><p>c</p></figure>", "neither the first nor the last")]
    [InlineData("<details><p>a</p></details>", "without one summary")]
    [InlineData("<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>", "another width")]
    [InlineData("<p class='a' class='b'>c</p>", "ttribute")]
    public void What_is_not_valid_is_found(string body, string fault) => Assert.Contains(
        HtmlFaults.Of($"<!DOCTYPE html><html lang=\"en\"><head><title>t</title></head><body>{body}</body></html>"),
        found => found.Contains(fault, StringComparison.OrdinalIgnoreCase));
}
