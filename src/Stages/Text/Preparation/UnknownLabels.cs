namespace Pipelines.Stages.Text.Preparation;

/// <summary>What becomes of a label that the fitted rows do not have.</summary>
public enum UnknownLabels
{
    /// <summary>The stage stops and names the rows.</summary>
    Error,

    /// <summary>It belongs to one further class.</summary>
    Class,
}
