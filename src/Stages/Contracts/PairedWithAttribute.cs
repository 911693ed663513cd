namespace Pipelines.Stages.Contracts;

/// <summary>
/// Marks an input that belongs to another one of the same stage, as the metrics of each model belong to the models: where it is not given
/// itself, it is fed by the stages that feed <paramref name="port"/>, each by its output that fits.
/// </summary>
/// <param name="port">The other input, as spelt in a pipeline file.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PairedWithAttribute(string port) : Attribute
{
    public string Port { get; } = port;
}
