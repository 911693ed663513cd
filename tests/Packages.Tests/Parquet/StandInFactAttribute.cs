using Parquet;

namespace Pipelines.Tests.Packages.Parquet;

/// <summary>A test of what the stand-in promises beyond the package it stands in for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StandInFactAttribute : FactAttribute
{
    public StandInFactAttribute()
    {
        if (typeof(ParquetReader).Assembly.GetName().Version?.Major != 1)
        {
            Skip = "the real package promises less";
        }
    }
}
