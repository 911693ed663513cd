using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>
/// What decides whether a cell trains on: it is as planned when it is among the best of those that came so far, else it stays what it is
/// after less training. Which of the two is known when all candidates are measured.
/// </summary>
/// <param name="Shorter">The same cell after less training.</param>
/// <param name="Candidates">All cells after that much, itself among them.</param>
/// <param name="Factor">One experiment in so many goes on, rounded up.</param>
public sealed record Contest(PlannedStage Shorter, IReadOnlyList<PlannedStage> Candidates, YamlScalar Metric, int Factor, string Epochs);
