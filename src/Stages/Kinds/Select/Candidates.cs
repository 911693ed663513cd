using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>A model that may be chosen.</summary>
/// <param name="Name">A reference that whoever shows it replaces by the name of the stage.</param>
/// <param name="Value">Of the metric that decides.</param>
internal sealed record Candidate(string Name, Model Model, Metrics Metrics, double Value);

/// <summary>Pairs models with their metrics and finds the best.</summary>
internal static class Candidates
{
    private const int MaxNames = 40;

    public static IReadOnlyList<Candidate> Of(IReadOnlyList<Model> models, IReadOnlyList<Metrics> metrics, string metric)
    {
        if (models.Count != metrics.Count)
            throw new StageException(
                $"There are {models.Count} models ({Names("models", models.Count)}), but {metrics.Count} metrics " +
                    $"({Names("metrics", metrics.Count)}).")
            {
                Help = "Give the metrics of each model, in the order of the models.",
            };
        var lacking = Enumerable.Range(0, metrics.Count).Where(i => !metrics[i].Values.ContainsKey(metric)).ToList();
        if (lacking.Count > 0)
            throw Lacking(metric, lacking, metrics);
        return [.. models.Select((model, i) => new Candidate(SourceName.Of("models", i), model, metrics[i], metrics[i].Values[metric]))];
    }

    /// <summary>The first of the best; what is no finite number is never the best.</summary>
    public static Candidate Best(IReadOnlyList<Candidate> candidates, string metric, Goal goal)
    {
        var finite = candidates.Where(candidate => double.IsFinite(candidate.Value)).ToList();
        if (finite.Count == 0)
            throw new StageException(
                $"No candidate has a finite number at '{metric}': {string.Join(", ", candidates.Select(candidate => candidate.Name))}.")
            {
                Help = "Trainings that diverge often need a lower learning rate or clip_norm.",
                Parameter = "metric",
            };
        return goal == Goal.Lowest ? finite.MinBy(candidate => candidate.Value)! : finite.MaxBy(candidate => candidate.Value)!;
    }

    private static StageException Lacking(string metric, IReadOnlyList<int> lacking, IReadOnlyList<Metrics> metrics)
    {
        var common = metrics.Select(one => one.Values.Keys)
            .Aggregate((IEnumerable<string>)metrics[0].Values.Keys, (kept, keys) => kept.Intersect(keys)).ToList();
        var more = common.Count > MaxNames ? $", and {common.Count - MaxNames} more" : "";
        return new(
            $"There is no metric '{metric}' of {string.Join(", ", lacking.Take(MaxNames).Select(i => SourceName.Of("metrics", i)))}.")
        {
            Help = common.Count == 0
                ? "The candidates have no metric in common."
                : $"All candidates have {string.Join(", ", common.Take(MaxNames))}{more}.",
            Parameter = "metric",
        };
    }

    private static string Names(string port, int count) =>
        string.Join(", ", Enumerable.Range(0, count).Take(MaxNames).Select(i => SourceName.Of(port, i)));
}
