using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Words, ranges and an example of a stage kind; the format is described in docs/manifest.md.</summary>
/// <param name="Parameters">By dotted path without positions: <c>layers.dropout.rate</c>.</param>
public sealed record Manifest(
    LocalizedText Summary, string? Details, IReadOnlyDictionary<string, LocalizedText> Inputs, IReadOnlyDictionary<string, LocalizedText> Outputs,
    IReadOnlyDictionary<string, ParameterManifest> Parameters, string? Example)
{
    public static Manifest Empty { get; } = new(
        new(null, null), null, new Dictionary<string, LocalizedText>(), new Dictionary<string, LocalizedText>(),
        new Dictionary<string, ParameterManifest>(), null);

    /// <summary>The manifest is there beside errors, without what is wrong.</summary>
    public static Checked<Manifest> Parse(SourceFile file)
    {
        List<Diagnostic> diagnostics = [];
        var manifest = new ManifestReader(diagnostics).Read(file);
        return new(manifest, diagnostics);
    }
}

/// <summary>What a parameter means and which values it takes.</summary>
/// <param name="Choices">The only values allowed; null: any.</param>
public sealed record ParameterManifest(
    LocalizedText Text, double? Min, double? Max, double? Above, double? Below, IReadOnlyList<string>? Choices, IReadOnlyList<YamlNode> Examples)
{
    public bool Allows(double value) => !(value < Min || value > Max || value <= Above || value >= Below);

    /// <summary><c>at least 0 and below 1</c>.</summary>
    public string Range => Quoted.List(Bounds());

    private IEnumerable<string> Bounds()
    {
        if (Min is { } min)
            yield return $"at least {Canonical.Number(min)}";
        if (Above is { } above)
            yield return $"above {Canonical.Number(above)}";
        if (Max is { } max)
            yield return $"at most {Canonical.Number(max)}";
        if (Below is { } below)
            yield return $"below {Canonical.Number(below)}";
    }
}
