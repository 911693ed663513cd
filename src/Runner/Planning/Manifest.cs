using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Words, ranges and an example of a stage kind; the format is described in docs/manifest.md.</summary>
/// <param name="Parameters">By dotted path without positions: <c>layers.dropout.rate</c>.</param>
public sealed record Manifest(
    LocalizedText Summary, string? Details, IReadOnlyDictionary<string, LocalizedText> Inputs,
    IReadOnlyDictionary<string, LocalizedText> Outputs,
    IReadOnlyDictionary<string, ParameterManifest> Parameters, string? Example)
{
    public static Manifest Empty { get; } = new(
        new(null, null), null, new Dictionary<string, LocalizedText>(), new Dictionary<string, LocalizedText>(),
        new Dictionary<string, ParameterManifest>(), null);

    /// <summary>The whole file.</summary>
    public string Text { get; init; } = "";

    /// <summary>What the kind says of itself in reports, without what is wrong; read when it is first asked for.</summary>
    public ReportManifest Report => Reported.Value!;

    /// <summary>What is wrong with <see cref="Report"/>.</summary>
    public IReadOnlyList<Diagnostic> ReportFindings => Reported.Diagnostics;

    private Checked<ReportManifest> Reported => field ??= ReadReport();

    private Func<Checked<ReportManifest>> ReadReport { get; init; } = () => new(ReportManifest.Empty, []);

    /// <summary>The manifest is there beside errors, without what is wrong.</summary>
    /// <param name="read">The file that it includes, by its path from the project root; null: it can include none.</param>
    public static Checked<Manifest> Parse(SourceFile file, Func<string, SourceFile?>? read = null)
    {
        List<Diagnostic> diagnostics = [];
        var (rest, report) = ManifestParts.Of(file);
        var manifest = new ManifestReader(diagnostics, read ?? (_ => null)).Read(rest, out var node);
        return new(manifest with { Text = file.Text, ReadReport = () => ReportManifest.Read(report, node) }, diagnostics);
    }

    /// <summary>The parameter with this role; null: there is none.</summary>
    public string? ParameterWith(ParameterRole role)
    {
        foreach (var (path, parameter) in Parameters)
            if (parameter.Role == role)
                return path;
        return null;
    }
}

/// <summary>What a parameter means and which values it takes.</summary>
/// <param name="Choices">The only values allowed; null: any.</param>
public sealed record ParameterManifest(
    LocalizedText Text, double? Min, double? Max, double? Above, double? Below, IReadOnlyList<string>? Choices,
    IReadOnlyList<YamlNode> Examples)
{
    /// <summary>Null: it means something to its own kind only.</summary>
    public ParameterRole? Role { get; init; }

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

/// <summary>What a parameter means to the runner, whatever it is called.</summary>
public enum ParameterRole
{
    /// <summary>How many first characters of a label count; null: all. Stages that agree in it speak of the same labels.</summary>
    LabelLength,

    /// <summary>The name of the metric by which a stage chooses among what it gathers.</summary>
    DecidingMetric,

    /// <summary>After how many epochs a training stops for now; null: at its end. Asked for more, it goes on from there.</summary>
    StopsAfter,
}
