using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>The scores of an evaluation that a reader asks for first.</summary>
/// <param name="Split">The rows they were measured on: test where there is one.</param>
/// <param name="Values">Most telling first.</param>
internal sealed record Scores(string StageId, string Split, double? Rows, IReadOnlyList<Score> Values)
{
    /// <summary>Null when the stage measured nothing of this kind.</summary>
    public static Scores? Of(StageResult result)
    {
        foreach (var split in HeadlineMetrics.Splits)
        {
            var values = HeadlineMetrics.Shares.Where(name => result.Metrics.ContainsKey($"{split}.{name}")).Select(name => new Score(
                name, result.Metrics[$"{split}.{name}"], Find(result, $"{split}.{name}_low"), Find(result, $"{split}.{name}_high"))).ToList();
            // Teacher forced or not is said in the name; the short name is the same number.
            values.RemoveAll(score => score.Name == "token_accuracy" && values.Exists(other => other.Name == "token_accuracy_teacher_forced"));
            if (values.Count > 0)
                return new(result.Id, split, Find(result, $"{split}.rows"), values);
        }
        return null;
    }

    private static double? Find(StageResult result, string name) => result.Metrics.TryGetValue(name, out var value) ? value : null;
}

/// <param name="Low">Lower end of the 95 % confidence interval, where it is known.</param>
internal sealed record Score(string Name, double Value, double? Low, double? High);
