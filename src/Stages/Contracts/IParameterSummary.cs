namespace Pipelines.Stages.Contracts;

/// <summary>Parameters of a stage that tell, before anything runs, what they lead to: <c>plan --details</c> shows it.</summary>
public interface IParameterSummary
{
    /// <summary>Lines of a text in a fixed-width font.</summary>
    IReadOnlyList<string> SummaryLines();
}
