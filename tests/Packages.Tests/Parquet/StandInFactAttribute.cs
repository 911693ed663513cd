using Parquet;

namespace Pipelines.Tests.Packages.Parquet;

/// <summary>A test of what the stand-in promises beyond the package it stands in for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StandInFactAttribute : FactAttribute
{
    public StandInFactAttribute() => Skip = WhySkipped;

    /// <summary>Null where the stand-in is tested; the real package's assembly has a version from 5 on.</summary>
    public static string? WhySkipped { get; } =
        typeof(ParquetReader).Assembly.GetName().Version?.Major == 1 ? null : "the real package promises less";
}
