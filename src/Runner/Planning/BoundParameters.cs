using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>The parameters of a stage, bound and checked.</summary>
/// <param name="Record">The <c>Params</c> record.</param>
/// <param name="Values">As in <see cref="PlannedStage"/>.</param>
/// <param name="Places">As in <see cref="PlannedStage"/>; the case of a union may be left out of a path.</param>
internal sealed record BoundParameters(object Record, IReadOnlyDictionary<string, ParameterValue> Values, Dictionary<string, SourceSpan> Places)
{
    /// <summary>As in <see cref="PlannedStage"/>.</summary>
    public Dictionary<string, SourceSpan>? Origins { get; set; }
}
