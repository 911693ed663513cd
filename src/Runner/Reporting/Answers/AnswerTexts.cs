using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
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
        return reference.Groups["kind"].Value == "metric" ? MetricOf(name, reference.Value)
            : LinkTo(name, reference.Groups["kind"].Value == "fig", reference.Value);
    }

    private string MetricOf(string name, string written)
    {
        if (StageName.In(name, context.Results.Select(result => result.Id)) is { } id
            && context.Results.First(result => result.Id == id) is var result && name[(id.Length + 1)..] is var metric
            && result.Metrics.TryGetValue(metric, out var value))
            return context.Language.Numbers.Of(value, result.Report.MetricOf(metric)?.Format ?? default);
        throw Unknown("metric", name, written,
            context.Results.SelectMany(other => other.Metrics.Keys.Select(known => $"{other.Id}.{known}")));
    }

    private string LinkTo(string name, bool isFigure, string written)
    {
        var dot = name.LastIndexOf('.');
        var found = dot > 0 ? context.Numbering.Find(name[..dot], name[(dot + 1)..]) : null;
        if (found is { } item && item.IsFigure == isFigure)
        {
            var words = context.Language.Phrase(isFigure ? "figure_reference" : "table_reference", ("number", $"{item.Number}"));
            return $"[{words}](#{item.Id})";
        }
        if (found is not null)
            throw Wrong(written, isFigure ? $"{Quoted.Short(name)} is a table: write {{table:{name}}}"
                : $"{Quoted.Short(name)} is a figure: write {{fig:{name}}}");
        throw Unknown(isFigure ? "figure" : "table", name, written, context.Numbering.Items
            .Where(entry => entry.Value.IsFigure == isFigure).Select(entry => $"{entry.Key.Stage}.{entry.Key.Item}"));
    }

    private ReportException Unknown(string what, string name, string written, IEnumerable<string> known) => Wrong(written,
        $"the report has no {what} {Quoted.Short(name)}" + (Nearest.Help(name, [.. known], what + "s") is { } help ? $": {help}" : ""));

    // Which figures there are is known only once they are made, so that nothing but the report can say it.
    private ReportException Wrong(string written, string message)
    {
        SourceFile answers = new(context.Plan.Report.Answers ?? "", context.Answers ?? "");
        var at = answers.PlaceOf(Math.Max(0, answers.Text.IndexOf(written, StringComparison.Ordinal)), written.Length);
        return new(FormattableString.Invariant($"{answers.Path}:{at.Line}:{at.Column}: {message}"));
    }

    [GeneratedRegex(@"\{(?<kind>metric|fig|table):(?<name>[^{}\n]+)\}")]
    private static partial Regex Reference();

    /// <summary>What looks like a reference, whatever it is called and names.</summary>
    [GeneratedRegex(@"\{(?<kind>\p{L}+)(?<sign>\s*[:=])(?<name>[^{}\n]*)\}")]
    internal static partial Regex Alike();
}

/// <summary>A place that the authors wrote something for.</summary>
internal sealed class AnswerSlot(AnswerTexts texts, string markdown)
{
    public string TextHtml => texts.ToHtml(markdown);
}
