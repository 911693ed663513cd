using System.Globalization;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Stages.Contract;

/// <summary>One line of golden-outputs.txt: what a kind of a version was asked, and what it gave.</summary>
/// <param name="Asked">Fingerprint of the run.</param>
/// <param name="Outputs">Ids by port, as written: <c>card=… rows=…</c>.</param>
internal sealed record GoldenOutputs(string Kind, int Version, string Asked, string Outputs)
{
    public static GoldenOutputs Of(Sample sample, ContentHash asked, ArtifactSet outputs) => new(
        sample.Stage.Spec.Kind, sample.Stage.Spec.Version, asked.Short,
        string.Join(
            ' ', outputs.ByPort.OrderBy(port => port.Key, StringComparer.Ordinal).Select(port => $"{port.Key}={port.Value[0].Id.Short}")));

    public static GoldenOutputs Parse(string line) => line.Split(' ', 4) is [var kind, var version, var asked, var outputs]
        ? new(kind, int.Parse(version, CultureInfo.InvariantCulture), asked, outputs)
        : throw new InvalidDataException($"'{line}' is not: kind version fingerprint outputs.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Version} {Asked} {Outputs}");

    /// <summary>What is wrong when this was expected, or null.</summary>
    public string? ProblemWith(GoldenOutputs actual) => this == actual ? null
        : Asked == actual.Asked
            ? $"{Kind} gives other outputs for the same inputs, parameters and version: "
                + $"raise Version in [Stage(\"{Kind}\")], or stores would keep the old ones."
            : $"{Kind} was asked something else (its version, parameters, sample or a stage before it changed).";
}
