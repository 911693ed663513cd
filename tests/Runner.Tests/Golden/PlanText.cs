using System.Globalization;
using System.Text;
using Pipelines.Runner.Planning;

namespace Pipelines.Tests.Runner.Goldens;

/// <summary>A plan as text, with everything that matters of it.</summary>
internal static class PlanText
{
    public static string Of(Plan plan)
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture, $"plan {plan.Pipeline}, seed {plan.Seed}, title fr '{plan.Title.Fr}' en '{plan.Title.En}'\n");
        foreach (var stage in plan.Stages)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{stage.Id} ({stage.Spec.Kind} {stage.Spec.Version}) at {stage.At}{(stage.Seed is { } seed ? $", seed {seed}" : "")}\n");
            foreach (var (port, sources) in stage.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
                text.Append(
                    CultureInfo.InvariantCulture, $"  from.{port} = {string.Join(", ", sources)} at {stage.Places[$"from.{port}"].At}\n");
            if (stage.Contest is { } contest)
                text.Append(CultureInfo.InvariantCulture,
                    $"  one in {contest.Factor} of {string.Join(", ", contest.Candidates.Select(candidate => candidate.Id))} "
                    + $"by {contest.Metric.Text}\n");
            if (stage.Words.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"  may read {string.Join(", ", stage.Words)}\n");
            foreach (var (path, value) in stage.Values)
            {
                var (file, fingerprint) = (value.File is null ? "" : " (file)", value.InFingerprint ? "" : " (not in fingerprint)");
                var at = value.Place is { } place ? $" at {place.At}" : "";
                text.Append(CultureInfo.InvariantCulture, $"  with.{path} = {value.Text}{file}{fingerprint}{at}\n");
            }
        }
        foreach (var left in plan.LeftOut)
            text.Append(CultureInfo.InvariantCulture, $"{left.Id} left out by {left.If}\n");
        foreach (var expectation in plan.Expectations)
            text.Append(CultureInfo.InvariantCulture, $"expect {expectation.Bounded} from {expectation.AtLeast} to {expectation.AtMost}\n");
        var report = plan.Report;
        text.Append(CultureInfo.InvariantCulture, $"report {report.Template} {report.Language} [{string.Join(", ", report.Authors)}] ");
        text.Append(CultureInfo.InvariantCulture, $"{report.Course} {report.Date} {report.Answers}\n");
        return text.Append("---\n").Append(plan.ResolvedYaml).ToString();
    }
}
