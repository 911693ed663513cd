using System.Text;
using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Sections;

namespace Pipelines.Runner.Reporting.Answers;

/// <summary>Looks before anything runs for what the answers name and the report will not have.</summary>
/// <param name="answers">The authors' Markdown.</param>
internal sealed class AnswerCheck(Plan plan, SourceFile answers)
{
    private readonly string[] _ids = [.. plan.Stages.Select(stage => stage.Id)];

    /// <summary>What stands in the report without being a stage's.</summary>
    private static readonly string[] s_own =
        [ComparisonSection.Stage, EffectItems.Stage, ConfusionItems.Stage, OriginItems.Stage, TextChain.Stage];

    public static IReadOnlyList<Diagnostic> Of(Plan plan, string path, SourceSpan at)
    {
        var bytes = File.ReadAllBytes(path);
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            return
            [
                new("not-utf8", Severity.Error, $"{Quoted.Short(plan.Report.Answers!)} is not UTF-8", at,
                    "save it as UTF-8, or accents are lost"),
            ];
        AnswerCheck check = new(plan, new(plan.Report.Answers!, Encoding.UTF8.GetString(bytes)));
        return [.. check.Places(), .. check.References()];
    }

    /// <summary>Headings that name no chapter, no question and no stage.</summary>
    private IEnumerable<Diagnostic> Places()
    {
        string[] places = [.. ReportSections.All.Select(section => section.Id), .. plan.Report.Questions.Select(question => question.Id)];
        foreach (var key in AnswerParts.Of(answers.Text).Keys)
            if (!places.Contains(key.Text) && StageOf(key.Text) is null)
                yield return new(
                    "unknown-place", Severity.Error, $"the report has no place {Quoted.Short(key.Text)}",
                    new(answers, key.Line, key.Column, key.Text.Length),
                    Nearest.Help(key.Text, places, "places") ?? "name a chapter, a question, or a figure or table: stage.item");
    }

    /// <summary>Metrics, figures and tables of stages that there are not, and metrics that their stage does not give.</summary>
    private List<Diagnostic> References()
    {
        List<Diagnostic> found = [];
        KnownMetrics known = new(plan.Stages, found);
        foreach (Match reference in AnswerTexts.Reference().Matches(answers.Text))
        {
            var (name, at) = (reference.Groups["name"].Value.Trim(), PlaceOf(reference.Groups["name"]));
            if (StageOf(name) is not { } stage)
                found.Add(new(
                    "unknown-stage", Severity.Error, $"there is no stage of {Quoted.Short(name)}", at,
                    Nearest.Help(name.Split('.')[0], _ids, "stages")));
            else if (reference.Groups["kind"].Value == "metric" && plan.Stages.FirstOrDefault(one => one.Id == stage) is { } planned)
                known.Check(name[(stage.Length + 1)..], new YamlScalar(name, IsPlain: true, at), planned);
        }
        return found;
    }

    // The longest, since the name of a cell may go on behind a point.
    private string? StageOf(string name) =>
        _ids.Concat(s_own).Where(id => name.StartsWith(id + ".", StringComparison.Ordinal)).MaxBy(id => id.Length);

    private SourceSpan PlaceOf(Group name)
    {
        var before = answers.Text[..name.Index];
        return new(answers, before.Count(sign => sign == '\n') + 1, name.Index - before.LastIndexOf('\n'), name.Length);
    }
}
