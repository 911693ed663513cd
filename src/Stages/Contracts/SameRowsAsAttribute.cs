namespace Pipelines.Stages.Contracts;

/// <summary>
/// Marks a <see cref="Table"/> output whose rows are those of an input, one by one and in its order. Columns of the input that the stage
/// neither reads nor writes travel along: later stages find them, and since this stage never saw them, they count in no fingerprint of it.
/// </summary>
/// <param name="port">The input, as spelt in a pipeline file.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SameRowsAsAttribute(string port) : Attribute
{
    public string Port { get; } = port;
}
