using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>A parameter on its way from YAML to C#.</summary>
/// <param name="path">With positions and keys: <c>layers.2.lstm.units</c>.</param>
/// <param name="manifestPath">Without them: <c>layers.lstm.units</c>.</param>
internal sealed class ParameterPath(string path, string manifestPath, bool inFingerprint)
{
    private static readonly ConditionalWeakTable<RecordSpec, ParameterPath[]> Roots = [];

    private ParameterValue? _default;

    public static ParameterPath Root { get; } = new("", "", inFingerprint: true);

    public string Path => path;

    public string ManifestPath => manifestPath;

    public bool InFingerprint => inFingerprint;

    /// <summary>The paths of a stage's own parameters, the same for every stage of a kind, of which there may be thousands.</summary>
    public static IReadOnlyList<ParameterPath> OfStage(RecordSpec record) =>
        Roots.GetValue(record, static record => [.. record.Parameters.Select(Root.Member)]);

    /// <summary>The value of the parameter where it is not written; one object for all stages of a kind.</summary>
    public ParameterValue Default(ParameterSpec parameter) => _default ??= new(Canonical.Default(parameter), inFingerprint);

    public ParameterPath Member(ParameterSpec parameter) => Member(parameter.Name, parameter.InFingerprint);

    public ParameterPath Member(string name, bool isInFingerprint)
    {
        var member = Joined(path, name);
        return new(member, ReferenceEquals(path, manifestPath) ? member : Joined(manifestPath, name), inFingerprint && isInFingerprint);
    }

    public ParameterPath Case(string name) => new(Joined(path, name), Joined(manifestPath, name), inFingerprint);

    public ParameterPath Item(string key) => new(Joined(path, key), manifestPath, inFingerprint);

    /// <summary>Where a union stands in itself again: its words are those of the outer one.</summary>
    public ParameterPath Again(string unionPath) => new(path, unionPath, inFingerprint);

    private static string Joined(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
