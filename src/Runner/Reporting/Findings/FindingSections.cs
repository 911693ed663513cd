using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>The chapters that findings lead to.</summary>
internal static class FindingSections
{
    public const string Data = "data";
    public const string Preparation = "preparation";
    public const string Training = "training";
    public const string Results = ReportManifest.ResultsSection;
    public const string Explanations = "explanations";
    public const string Comparison = "comparison";
    public const string Sweep = "sweep";
}
