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
            : [.. check.Places(), .. check.References()];
    }

    /// <summary>Headings that name no chapter, no question and no stage, or the same one again, or one without backticks.</summary>
    private IEnumerable<Diagnostic> Places()
    {
        string[] places = [.. ReportSections.All.Select(section => section.Id), .. plan.Report.Questions.Select(question => question.Id)];
        var parts = AnswerParts.Of(answers.Text);
        foreach (var again in parts.Keys.GroupBy(key => key.Text, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            yield return new("duplicate-key", Severity.Error, $"{Quoted.Short(again.Text)} stands here a second time", PlaceOf(again),
                "write below the first one, or name another place");
        foreach (var heading in parts.Headings.Where(heading => plan.Report.Questions.Any(question => question.Id == heading.Text)))
            yield return new("no-key", Severity.Warning, $"{Quoted.Short(heading.Text)} is the key of a question, but this is a heading",
                PlaceOf(heading), $"where the answer begins here, write ## `{heading.Text}`");
        foreach (var key in parts.Keys)
            if (!places.Contains(key.Text) && StageOf(key.Text) is null)
                yield return new(
                    "unknown-place", Severity.Error, $"the report has no place {Quoted.Short(key.Text)}",
                    PlaceOf(key),
                    Nearest.Help(key.Text, places, "places") ?? "name a chapter, a question, or a figure or table: stage.item");
    }

    /// <summary>References to stages that there are not, to metrics that their stage does not give, and slips, which would stand in the
    /// report as they are written: <c>{metrik:scores.accuracy}</c>, <c>{fig:}</c>.</summary>
    private List<Diagnostic> References()
    {
        List<Diagnostic> found = [];
        KnownMetrics known = new(plan.Stages, found);
        foreach (Match reference in AnswerTexts.Alike().Matches(answers.Text))
        {
            var (kind, written) = (reference.Groups["kind"].Value, reference.Groups["name"]);
            var (name, at) = (written.Value.Trim(), answers.PlaceOf(written.Index, written.Length));
            var stage = StageOf(name);
            if (s_kinds.Contains(kind) ? name.Length == 0 || reference.Groups["sign"].Value != ":" : stage is not null)
                found.Add(new(
                    "no-reference", Severity.Error, $"{Quoted.Short(reference.Value)} is no reference",
                    answers.PlaceOf(reference.Index, reference.Length),
                    "write {metric:stage.name}, {fig:stage.item} or {table:stage.item}"));
            else if (!s_kinds.Contains(kind))
                continue;
            else if (stage is null)
                found.Add(new(
                    "unknown-stage", Severity.Error, $"there is no stage of {Quoted.Short(name)}", at,
                    Nearest.Help(name.Split('.')[0], _ids, "stages")));
            else if (kind == "metric" && plan.Stages.FirstOrDefault(one => one.Id == stage) is { } planned)
                known.Check(name[(stage.Length + 1)..], new YamlScalar(name, IsPlain: true, at), planned);
        }
        return found;
    }

    private SourceSpan PlaceOf(AnswerKey key) => new(answers, key.Line, key.Column, key.Text.Length);

    private string? StageOf(string name) => StageName.In(name, _ids.Concat(s_own));
}
