using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting;

/// <summary>Writes the report of a run.</summary>
public static class Reports
{
    /// <summary>The report's path relative to the project root; it is written only when something in it changed.</summary>
    public static string? WriteIfStale(Plan plan, RunRecord run, string projectRoot, string home) => null;

    public static string? Write(Plan plan, RunRecord run, string projectRoot, string home) => null;
}
