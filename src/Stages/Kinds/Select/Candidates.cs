using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>A model that may be chosen.</summary>
/// <param name="Name">A reference that whoever shows it replaces by the name of the stage.</param>
/// <param name="Value">Of the metric that decides.</param>
/// <param name="Experiment">Candidates that differ by their seed only have the same.</param>
internal sealed record Candidate(string Name, Model Model, Metrics Metrics, double Value, int Experiment);

/// <summary>Pairs models with their metrics.</summary>
internal static class Candidates
{
    private const int MaxNames = 40;

    /// <param name="repetitions">The experiment of each; null: every one is of its own.</param>
    public static IReadOnlyList<Candidate> Of(
        IReadOnlyList<Model> models, IReadOnlyList<Metrics> metrics, string metric, IReadOnlyList<int>? repetitions)
    {
        if (models.Count != metrics.Count)
            throw new StageException(
                $"There are {models.Count} models ({Names("models", models.Count)}), but {metrics.Count} metrics " +
                    $"({Names("metrics", metrics.Count)}).")
            {
                Help = "Give the metrics of each model, in the order of the models.",
            };
        if (repetitions is not null && repetitions.Count != models.Count)
            throw new StageException($"There are {models.Count} models, but {repetitions.Count} numbers of repetitions.")
            {
                Help = "Give each model one number, the same to those that differ by their seed only.",
                Parameter = "repetitions",
            };
        var lacking = Enumerable.Range(0, metrics.Count).Where(i => !metrics[i].Values.ContainsKey(metric)).ToList();
        if (lacking.Count > 0)
            throw Lacking(metric, lacking, metrics);
        return [.. models.Select((model, i) => new Candidate(
            SourceName.Of("models", i), model, metrics[i], metrics[i].Values[metric], repetitions?[i] ?? i))];
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
