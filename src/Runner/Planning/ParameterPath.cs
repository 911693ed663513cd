using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>A parameter on its way from YAML to C#.</summary>
/// <param name="path">With positions and keys: <c>layers.2.lstm.units</c>.</param>
/// <param name="manifestPath">Without them: <c>layers.lstm.units</c>.</param>
/// <param name="shortPath">As <paramref name="path"/> without the cases of unions: <c>layers.2.units</c>.</param>
internal sealed class ParameterPath(string path, string manifestPath, string shortPath, bool inFingerprint)
{
    private static readonly ConditionalWeakTable<RecordSpec, ParameterPath[]> Roots = [];

    private string? _place;

    public static ParameterPath Root { get; } = new("", "", "", inFingerprint: true);

    public string Path => path;

    public string ManifestPath => manifestPath;

    public string ShortPath => shortPath;

    public bool InFingerprint => inFingerprint;

    /// <summary>Under which its place in the file is known.</summary>
    public string Place => _place ??= PlaceOf(path);

    public static string PlaceOf(string path) => "with." + path;

    /// <summary>The paths of a stage's own parameters, the same for every stage of a kind, of which there may be thousands.</summary>
    public static IReadOnlyList<ParameterPath> OfStage(RecordSpec record) => Roots.GetValue(record, static record => [.. record.Parameters.Select(Root.Member)]);

    public ParameterPath Member(ParameterSpec parameter) => Member(parameter.Name, parameter.InFingerprint);

    public ParameterPath Member(string name, bool isInFingerprint)
    {
        var member = Joined(path, name);
        return new(
            member, ReferenceEquals(path, manifestPath) ? member : Joined(manifestPath, name),
            ReferenceEquals(path, shortPath) ? member : Joined(shortPath, name), inFingerprint && isInFingerprint);
    }

    public ParameterPath Case(string name) => new(Joined(path, name), Joined(manifestPath, name), shortPath, inFingerprint);

    public ParameterPath Item(string key) => new(Joined(path, key), manifestPath, Joined(shortPath, key), inFingerprint);

    private static string Joined(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
