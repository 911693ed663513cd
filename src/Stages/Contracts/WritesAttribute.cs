namespace Pipelines.Stages.Contracts;

/// <summary>
/// The columns that a stage adds to a <see cref="Table"/> output, or makes anew. Where a column is missing later on, the stage is named to
/// the user as one that makes it. <c>name?</c> is made only where parameters or inputs ask for it; columns that a parameter names, and
/// those passed on, are not listed.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class WritesAttribute(params string[] columns) : Attribute
{
    public IReadOnlyList<string> Columns { get; } = columns;
}
