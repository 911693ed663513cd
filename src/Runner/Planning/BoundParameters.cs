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

/// <summary>A parameter on its way from YAML to C#.</summary>
/// <param name="Path">With positions and keys: <c>layers.2.lstm.units</c>.</param>
/// <param name="ManifestPath">Without them: <c>layers.lstm.units</c>.</param>
/// <param name="ShortPath">As <paramref name="Path"/> without the cases of unions: <c>layers.2.units</c>.</param>
internal sealed record ParameterPath(string Path, string ManifestPath, string ShortPath, bool InFingerprint)
{
    public static ParameterPath Root { get; } = new("", "", "", InFingerprint: true);

    public ParameterPath Member(string name, bool inFingerprint)
    {
        var path = Joined(Path, name);
        return new(
            path, ReferenceEquals(Path, ManifestPath) ? path : Joined(ManifestPath, name),
            ReferenceEquals(Path, ShortPath) ? path : Joined(ShortPath, name), InFingerprint && inFingerprint);
    }

    public ParameterPath Case(string name) => this with { Path = Joined(Path, name), ManifestPath = Joined(ManifestPath, name) };

    public ParameterPath Item(string key) => this with { Path = Joined(Path, key), ShortPath = Joined(ShortPath, key) };

    private static string Joined(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
