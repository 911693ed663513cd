using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Runner.Serving;

/// <summary>A model that a run has trained.</summary>
/// <param name="Name">What an address calls it: <c>run/stage</c>.</param>
internal sealed record ModelChoice(string Name, RunRecord Run, StageRun Stage, Model Model)
{
    /// <summary>
    /// Of each stage of an experiment the latest, the one that ran last first; only those that predict labels of texts.
    /// </summary>
    public static IReadOnlyList<ModelChoice> Latest(Site site) => [.. site.Runs.Latest.SelectMany(Of)
        .DistinctBy(choice => (choice.Run.Name, choice.Stage.Id))];

    /// <summary>The model of a name that came from outside, also of an older run; null where there is none.</summary>
    public static ModelChoice? Find(Site site, string? name) =>
        name?.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && site.Runs.Find(name[..slash]) is { } run
            ? Of(run).FirstOrDefault(choice => choice.Name == name)
            : null;

    // A stage that only hands on a model of another one is the same model under another name.
    private static IEnumerable<ModelChoice> Of(RunRecord run) =>
        from stage in run.Stages
        from port in stage.Outcome.Shown?.ByPort.Values ?? []
        from model in port.OfType<Model>().Take(1)
        where Predictor.CanLoad(model)
        select new ModelChoice($"{run.Id}/{stage.Id}", run, stage, model);
}
