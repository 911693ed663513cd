using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Commands;

/// <summary>The stages a user names on the command line.</summary>
internal sealed class StageNames(Plan plan)
{
    private readonly ILookup<string, PlannedStage> _byName = plan.ByName();

    /// <summary>A stage, all its cells, or one cell.</summary>
    /// <param name="before">What the message starts with, e.g. the option.</param>
    /// <exception cref="UsageException">There is none of this name.</exception>
    public IEnumerable<PlannedStage> Find(string name, string before = "")
    {
        if (_byName.Contains(name))
            return _byName[name];
        throw plan.LeftOut.FirstOrDefault(stage => stage.Id == name) is { } left
            ? new UsageException($"{before}the stage '{name}' is left out", $"its 'if' is false: {left.If}")
            : new UsageException($"{before}the pipeline has no stage '{name}'", Nearest.Help(name, [.. _byName.Select(stages => stages.Key)], "stages"));
    }
}
