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

    private static readonly string[] s_kinds = ["metric", "fig", "table"];

    /// <summary>What stands in the report without being a stage's.</summary>
    private static readonly string[] s_own =
        [ComparisonSection.Stage, EffectItems.Stage, ConfusionItems.Stage, OriginItems.Stage, TextChain.Stage];

    public static IReadOnlyList<Diagnostic> Of(Plan plan, string path)
    {
        SourceFile answers = new(plan.Report.Answers!, File.ReadAllText(path));
        AnswerCheck check = new(plan, answers);
        return answers.Text.IndexOf(SourceFile.Undecodable, StringComparison.Ordinal) is >= 0 and var index
            ? [Diagnostics.NotUtf8(answers.PlaceOf(index))]
            : [.. check.Places(), .. check.Slips(), .. check.References()];
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

    /// <summary>References that would stand in the report as they are written: <c>{metrik:scores.accuracy}</c>, <c>{fig:}</c>.</summary>
    private IEnumerable<Diagnostic> Slips() =>
        from Match alike in AnswerTexts.Alike().Matches(answers.Text)
        let kind = alike.Groups["kind"].Value
        let name = alike.Groups["name"].Value.Trim()
        where s_kinds.Contains(kind) ? name.Length == 0 : StageOf(name) is not null
        select new Diagnostic(
            "no-reference", Severity.Error, $"{Quoted.Short(alike.Value)} is no reference", answers.PlaceOf(alike.Index, alike.Length),
            "write {metric:stage.name}, {fig:stage.item} or {table:stage.item}");

    /// <summary>Metrics, figures and tables of stages that there are not, and metrics that their stage does not give.</summary>
    private List<Diagnostic> References()
    {
        List<Diagnostic> found = [];
        KnownMetrics known = new(plan.Stages, found);
        foreach (Match reference in AnswerTexts.Reference().Matches(answers.Text))
        {
            var written = reference.Groups["name"];
            var (name, at) = (written.Value.Trim(), answers.PlaceOf(written.Index, written.Length));
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
}
