namespace Pipelines.Stages.Contracts;

/// <summary>
/// The columns a stage reads of a <see cref="Table"/> input. Only these count in the fingerprint and only these can be read.
/// <c>name?</c> may be absent, <c>{parameter}</c> stands for the value of a text parameter, <c>{list.*.member}</c> for that
/// member of every item of a list; without the attribute every column is read.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ReadsAttribute(params string[] columns) : Attribute
{
    public IReadOnlyList<string> Columns { get; } = columns;
}
