namespace Pipelines.Stages.Kinds.Load;

/// <summary>What becomes of a row without a label.</summary>
public enum MissingLabels
{
    /// <summary>The stage stops and names the row.</summary>
    Error,

    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>It gets a label that says so.</summary>
    Label,
}
