using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Where a stage keeps what it needs to go on after an interruption.</summary>
/// <param name="Key">Equal for trainings that differ only in how early they stop, so that a longer one goes on from a shorter one.</param>
/// <param name="IsKept">Whether it stays when the stage is done, since a longer training may follow.</param>
public sealed record WorkFolder(ContentHash Key, bool IsKept)
{
    public static WorkFolder Of(PlannedStage stage, Fingerprint fingerprint)
    {
        if (stage.Manifest.ParameterWith(ParameterRole.StopsAfter) is not { } parameter)
            return new(fingerprint.Hash, IsKept: false);
        var name = PlannedStage.With + parameter;
        return new(
            Fingerprint.Of(fingerprint.Reasons.Where(reason => reason.Key != name)).Hash,
            fingerprint.Reasons.Any(reason => reason.Key == name && reason.Value != Canonical.Null));
    }
}
