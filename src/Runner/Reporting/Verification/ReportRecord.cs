using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Verification;

/// <summary>What a page says of itself, so that it can be checked: the pipeline, the fingerprint of every stage, the numbers that are read
/// first, and a hash of all else that stands on the page.</summary>
/// <param name="File">The pipeline file.</param>
/// <param name="Variables">Of <c>-p</c>.</param>
/// <param name="Values">Of <c>--set</c>.</param>
/// <param name="Stages">Fingerprints by stage; null: it had no result.</param>
/// <param name="Metrics">By <c>stage.metric</c>.</param>
/// <param name="Template">That the page was rendered with; empty: the pipeline's.</param>
/// <param name="Page">SHA-256 of the page without the part about the run; zeros while it is not known.</param>
internal sealed partial record ReportRecord(
    string File, IReadOnlyList<string> Variables, IReadOnlyList<string> Values, IReadOnlyDictionary<string, string?> Stages,
    IReadOnlyDictionary<string, double> Metrics, string Template, string Page)
{
    private const string TemplateKey = "template";
    private const string PageKey = "page";

    // Text, tables and drawings: with these nothing outside the part can be covered or written over.
    private static readonly HashSet<string> s_harmless = [.. (
        "section h2 h3 h4 p div figure figcaption details summary table thead tbody tr th td dl dt dd ul ol li span strong b i em small "
        + "code bdi br wbr a svg g path line rect circle ellipse polyline polygon text tspan title desc defs marker use")
        .Split(' ').Select(name => "<" + name), "width:", "--natural-width:"];

    private static readonly string s_open = new('0', 64);

    public static ReportRecord Of(ReportContext context)
    {
        var (plan, results) = (context.Plan, context.Results);
        var expected = context.Run.Expectations.SelectMany(result => new[] { result.Expectation.Metric, result.Expectation.Minus })
            .ToHashSet(StringComparer.Ordinal);
        var told = results.SelectMany(result => result.Metrics.Select(metric =>
            (Name: $"{result.Id}.{metric.Key}", metric.Value, IsRead: result.Report is { IsEvaluation: true } report
                && report.MetricOf(metric.Key)?.IsHeadline == true)))
            .Where(metric => double.IsFinite(metric.Value) && (metric.IsRead || expected.Contains(metric.Name)));
        var template = Path.GetFileNameWithoutExtension(context.Template);
        return new(
            plan.Source.Path, plan.Overrides.Variables, plan.Overrides.Values,
            results.ToDictionary(result => result.Id, result => result.Fingerprint?.Hex, StringComparer.Ordinal),
            told.ToDictionary(metric => metric.Name, metric => metric.Value, StringComparer.Ordinal),
            template == plan.Report.Template ? "" : template, s_open);
    }

    public string ToJson() => new JsonObject
    {
        ["file"] = File,
        ["variables"] = Texts(Variables),
        ["values"] = Texts(Values),
        ["stages"] = new JsonObject(Sorted(Stages).Select(stage => KeyValuePair.Create(stage.Key, (JsonNode?)stage.Value))),
        ["metrics"] = new JsonObject(Sorted(Metrics).Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)metric.Value))),
        [TemplateKey] = Template,
        [PageKey] = Page,
    }.ToJsonString(Json.Plain);

    /// <summary>The page with its own hash in its record; a page without a record as it is.</summary>
    public static string Sealed(string page)
    {
        page = Written().Replace(page, InApostrophes, 1);
        return Written().Match(page) is { Success: true } found ? WithPage(page, found, HashOf(page)) : page;
    }

    // There its many quotes need no escape.
    private static string InApostrophes(Match found)
    {
        var json = found.Groups["json"].Value;
        return json.Contains('\'', StringComparison.Ordinal) ? found.Value
            : $"<meta name=\"record\" content='{json.Replace("&quot;", "\"", StringComparison.Ordinal)}' />";
    }

    /// <summary>Null where the page has none that can be read.</summary>
    public static ReportRecord? In(string page)
    {
        if (Written().Match(page) is not { Success: true } found)
            return null;
        try
        {
            using var json = JsonDocument.Parse(WebUtility.HtmlDecode(found.Groups["json"].Value));
            var root = json.RootElement;
            return new(
                root.GetProperty("file").GetString()!, Texts(root.GetProperty("variables")), Texts(root.GetProperty("values")),
                root.GetProperty("stages").EnumerateObject().ToDictionary(stage => stage.Name, stage => stage.Value.GetString()),
                root.GetProperty("metrics").EnumerateObject().ToDictionary(metric => metric.Name, metric => metric.Value.GetDouble()),
                root.TryGetProperty(TemplateKey, out var template) ? template.GetString()! : "", root.GetProperty(PageKey).GetString()!);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The page without what differs from run to run; there is one such part.</summary>
    public static string WithoutRun(string page) => Run().Replace(page, "", 1);

    /// <summary>What could change the look of the whole page, in the part that differs from run to run: <c>&lt;style</c>, <c>position:</c>,
    /// <c>onload=</c>.</summary>
    public static IEnumerable<string> ForeignToRun(string page) =>
        Parts().Matches(Run().Match(page).Value).Select(part => part.Value.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant())
            .Where(part => !s_harmless.Contains(part));

    /// <summary>What <see cref="Page"/> has to be.</summary>
    public static string HashOf(string page) => Written().Match(page) is { Success: true } found
        ? HandIn.HashOf(Encoding.UTF8.GetBytes(WithoutRun(WithPage(page, found, s_open))))
        : "";

    private static string WithPage(string page, Match found, string hash)
    {
        var record = PageHash().Replace(found.Value, match => match.Groups["before"].Value + hash);
        return string.Concat(page.AsSpan(0, found.Index), record, page.AsSpan(found.Index + found.Length));
    }

    private static IEnumerable<KeyValuePair<string, T>> Sorted<T>(IReadOnlyDictionary<string, T> values) =>
        values.OrderBy(value => value.Key, StringComparer.Ordinal);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static List<string> Texts(JsonElement texts) => [.. texts.EnumerateArray().Select(text => text.GetString()!)];

    // The hash stands last, whatever a stage is called.
    [GeneratedRegex("""(?<before>("|&quot;)page\1:\1)[0-9a-f]{64}(?=("|&quot;)}["'] />$)""")]
    private static partial Regex PageHash();

    // Older reports have their quotes escaped.
    [GeneratedRegex("""<meta name="record" content=("(?<json>[^"<>]*)"|'(?<json>[^'<>]*)') />""")]
    private static partial Regex Written();

    [GeneratedRegex("<[a-z][a-z0-9]*|(?<=style *= *[^>]*)[a-z-]+ *:|(?<= )on[a-z]+ *=", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();

    [GeneratedRegex("<!-- run: begin -->.*?<!-- run: end -->", RegexOptions.Singleline)]
    private static partial Regex Run();
}
