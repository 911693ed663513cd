namespace Pipelines.Stages.Contracts.Specs;

/// <summary>The interface of a stage kind, read from its attribute and its three records.</summary>
public sealed record StageSpec(
    string Kind, int Version, Uses Uses, Type Implementation, IReadOnlyList<InputPort> Inputs, IReadOnlyList<OutputPort> Outputs,
    RecordSpec ParametersRecord)
{
    public IReadOnlyList<ParameterSpec> Parameters => ParametersRecord.Parameters;

    /// <exception cref="InvalidOperationException">The class is not a stage as docs/manifest.md describes it.</exception>
    public static StageSpec Of(Type implementation) => SpecReader.Read(implementation);
}

public enum ArtifactKind
{
    Table,
    Model,
    Metrics,
    Card,
}

/// <param name="Many">Gathers all cells of a matrix, or a list of sources.</param>
/// <param name="Reads">As in <see cref="ReadsAttribute"/>; null: every column.</param>
public sealed record InputPort(string Name, ArtifactKind Artifact, bool Optional, bool Many, IReadOnlyList<string>? Reads)
{
    /// <summary>The input whose stages feed this one too where it is not given itself (<see cref="PairedWithAttribute"/>).</summary>
    public string? PairedWith { get; init; }
}

/// <param name="Writes">As in <see cref="WritesAttribute"/>; null: the stage does not say.</param>
public sealed record OutputPort(string Name, ArtifactKind Artifact, IReadOnlyList<string>? Writes = null)
{
    /// <summary>The input whose rows these are, one by one (<see cref="SameRowsAsAttribute"/>); null: they are others.</summary>
    public string? SameRowsAs { get; init; }

    /// <summary>Whether it is a model that predicts labels (<see cref="NoLabelsAttribute"/>).</summary>
    public bool PredictsLabels { get; init; }
}

/// <summary>One parameter; nested records and the cases of a union have parameters of their own.</summary>
/// <param name="Name">As spelt in a pipeline file (snake case).</param>
/// <param name="Default">The C# default, null when there is none or it is null.</param>
public sealed record ParameterSpec(string Name, ParameterShape Shape, bool Required, object? Default, bool InFingerprint)
{
    /// <summary>The input whose repetitions it numbers (<see cref="RepetitionsOfAttribute"/>); null: none.</summary>
    public string? RepetitionsOf { get; init; }

    /// <summary>Names an environment variable with a secret (<see cref="SecretAttribute"/>).</summary>
    public bool IsSecret { get; init; }
}
