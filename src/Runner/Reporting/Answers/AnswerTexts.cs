using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Reporting.Markdown;
using Pipelines.Runner.Reporting.Sections;

namespace Pipelines.Runner.Reporting.Answers;

/// <summary>
/// The authors' text for the places of a report, with <c>{metric:…}</c>, <c>{fig:…}</c> and <c>{table:…}</c> in it resolved.
/// </summary>
internal sealed partial class AnswerTexts(ReportContext context)
{
    private readonly AnswerParts _parts = AnswerParts.Of(context.Answers);

    /// <summary>What belongs to no key.</summary>
    public string Free => _parts.Free;

    /// <summary>The text for a chapter, a question, or an item of a stage (<c>scores.reliability</c>); null: there is none.</summary>
    public AnswerSlot? Find(string key) => _parts.Find(key) is { } text ? new(this, text) : null;

    /// <summary>Only once all chapters are made: before, figures have no numbers.</summary>
    public string ToHtml(string markdown) => MarkdownText.ToHtml(Reference().Replace(markdown, Resolved), context.Language.Code);

    private string Resolved(Match reference)
    {
        var name = reference.Groups["name"].Value.Trim();
        return reference.Groups["kind"].Value == "metric" ? MetricOf(name) : LinkTo(name, reference.Groups["kind"].Value == "fig");
    }

    private string MetricOf(string name)
    {
        foreach (var result in context.Results)
            if (name.StartsWith(result.Id + ".", StringComparison.Ordinal)
                && result.Metrics.TryGetValue(name[(result.Id.Length + 1)..], out var value))
                return context.Language.Numbers.Of(value, result.Report.MetricOf(name[(result.Id.Length + 1)..])?.Format ?? default);
        throw Unknown("metric", name, context.Results.SelectMany(result => result.Metrics.Keys.Select(metric => $"{result.Id}.{metric}")));
    }

    private string LinkTo(string name, bool isFigure)
    {
        var dot = name.LastIndexOf('.');
        if (dot > 0 && context.Numbering.Find(name[..dot], name[(dot + 1)..]) is { } item && item.IsFigure == isFigure)
        {
            var words = context.Language.Phrase(isFigure ? "figure_reference" : "table_reference", ("number", $"{item.Number}"));
            return $"[{words}](#{item.Id})";
        }
        throw Unknown(isFigure ? "figure" : "table", name, context.Numbering.Items.Where(entry => entry.Value.IsFigure == isFigure)
            .Select(entry => $"{entry.Key.Stage}.{entry.Key.Item}"));
    }

    private ReportException Unknown(string what, string name, IEnumerable<string> known) => new(
        $"the answers {context.Plan.Report.Answers} speak of a {what} {Quoted.Short(name)} that the report has not"
        + (Nearest.Help(name, [.. known], what + "s") is { } help ? $": {help}" : ""));

    [GeneratedRegex(@"\{(?<kind>metric|fig|table):(?<name>[^{}\n]+)\}")]
    private static partial Regex Reference();

    /// <summary>What looks like a reference, whatever it is called and names.</summary>
    [GeneratedRegex(@"\{(?<kind>\p{L}+):(?<name>[^{}\n]*)\}")]
    internal static partial Regex Alike();
}

/// <summary>A place that the authors wrote something for.</summary>
internal sealed class AnswerSlot(AnswerTexts texts, string markdown)
{
    public string TextHtml => texts.ToHtml(markdown);
}
