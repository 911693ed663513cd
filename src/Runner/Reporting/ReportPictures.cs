using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pipelines.Runner.Reporting.Drawing;

namespace Pipelines.Runner.Reporting;

/// <summary>The drawings of a page as files of their own, in the light colours of its style sheet.</summary>
internal static partial class ReportPictures
{
    private const string Series = "--c";

    /// <summary>By the anchors of their figures; texts with coloured words are no drawings.</summary>
    public static IEnumerable<(string Name, string Svg)> Of(string html)
    {
        var style = StyleOf(string.Concat(Style().Matches(html).Select(match => match.Groups["rules"].Value)));
        foreach (Match figure in Drawing().Matches(html))
            yield return (figure.Groups["id"].Value,
                PictureFile.Of(XElement.Parse(figure.Groups["svg"].Value, LoadOptions.PreserveWhitespace), style));
    }

    // Programs for drawings know neither variables nor the media that rules are for: colours are written out, paper and dark screens left.
    private static string StyleOf(string sheet)
    {
        var rules = Rule().Matches(AtRule().Replace(Comment().Replace(sheet, ""), ""))
            .Select(rule => (Selector: rule.Groups["selector"].Value.Trim(), Body: rule.Groups["body"].Value.Trim())).ToList();
        var colours = rules.Where(rule => rule.Selector == ":root").SelectMany(rule => Variable().Matches(rule.Body))
            .GroupBy(variable => variable.Groups["name"].Value, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Last().Groups["value"].Value.Trim(), StringComparer.Ordinal);
        var series = rules.Where(rule => SeriesSelector().IsMatch(rule.Selector))
            .Select(rule => (rule.Selector, Colour: Variable().Match(rule.Body).Groups["value"].Value)).ToList();
        return "\n" + string.Concat(rules.Where(rule => rule.Selector.StartsWith("svg", StringComparison.Ordinal))
            .SelectMany(rule => rule.Body.Contains($"var({Series})", StringComparison.Ordinal) ? OfSeries(rule, series) : [rule])
            .Select(rule => $"{rule.Selector} {{ {Uses().Replace(rule.Body, use => colours.GetValueOrDefault(use.Groups["name"].Value)
                ?? use.Value)} }}\n"));
    }

    // What has the colour of a series is of it, or within what is.
    private static IEnumerable<(string Selector, string Body)> OfSeries(
        (string Selector, string Body) rule, IReadOnlyList<(string Selector, string Colour)> series)
    {
        var selector = rule.Selector["svg".Length..].Trim();
        foreach (var (of, colour) in series)
            yield return ($"svg {of} {selector}, svg {of}{selector}, svg {selector}{of}",
                rule.Body.Replace($"var({Series})", colour, StringComparison.Ordinal));
    }

    [GeneratedRegex(
        """<figure class="drawing(?! attributions)[^"]*" id="(?<id>[^"]+)">(?:(?!</figure>).)*?(?<svg><svg .*?</svg>)""",
        RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("<style[^>]*>(?<rules>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"@[^{};]+(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")]
    private static partial Regex AtRule();

    [GeneratedRegex(@"(?<selector>[^{}]+)\{(?<body>[^{}]*)\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<name>--[\w-]+)\s*:\s*(?<value>[^;]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"var\((?<name>--[\w-]+)\)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^\.s[0-9]+$")]
    private static partial Regex SeriesSelector();
}
