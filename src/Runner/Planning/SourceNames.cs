using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Planning;

/// <summary>Puts the ids of the stages that feed a stage in the place of its references to them (<see cref="SourceName"/>).</summary>
public static class SourceNames
{
    public static string In(PlannedStage stage, string text) => SourceName.Replace(text, (port, index) => Of(stage, port, index));

    /// <summary>The source without its port, unless the same stage feeds the input twice; null: the input has no such source.</summary>
    public static string? Of(PlannedStage stage, string port, int index)
    {
        if (stage.Inputs.GetValueOrDefault(port) is not { } sources || index >= sources.Count)
            return null;
        var source = sources[index];
        return sources.Count(other => other.StageId == source.StageId) > 1 ? source.ToString() : source.StageId;
    }
}
