using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Where in the pipeline file a reason of a stage's result is written.</summary>
internal static class StagePlaces
{
    /// <summary>The place of <c>with.layers.0.units</c>, or of the nearest thing around it; at last that of the stage.</summary>
    public static SourceSpan PlaceOf(this PlannedStage stage, string name) => stage.FindPlaceOf(name) ?? stage.At;

    /// <summary>As <see cref="PlaceOf"/>, null where nothing in the file says it (a default).</summary>
    public static SourceSpan? FindPlaceOf(this PlannedStage stage, string name)
    {
        var path = name;
        while (true)
        {
            if (stage.Places.TryGetValue(path, out var place))
                return place;
            var end = path.LastIndexOf('.');
            if (end < 0)
                return null;
            path = path[..end];
        }
    }
}
