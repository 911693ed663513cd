using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>Which value of a metric is the best one.</summary>
public enum Goal
{
    /// <summary>By the name of the metric (<see cref="MetricNames.IsLowerBetter"/>).</summary>
    Auto,
    Highest,
    Lowest,
}

internal static class Goals
{
    public static Goal For(this Goal goal, string metric) =>
        goal != Goal.Auto ? goal : MetricNames.IsLowerBetter(metric) ? Goal.Lowest : Goal.Highest;
}
