using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Tables;

/// <summary>A test that needs DuckDB; skipped, with the reason, where it cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DuckDbFactAttribute : FactAttribute
{
    public DuckDbFactAttribute() => Skip = DuckDb.WhyMissing;
}

/// <inheritdoc cref="DuckDbFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DuckDbTheoryAttribute : TheoryAttribute
{
    public DuckDbTheoryAttribute() => Skip = DuckDb.WhyMissing;
}
