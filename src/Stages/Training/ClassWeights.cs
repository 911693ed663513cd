namespace Pipelines.Stages.Training;

/// <summary>How much the rows of each class count in the loss.</summary>
public enum ClassWeights
{
    /// <summary>Every row as much as any other.</summary>
    Equal,

    /// <summary>Every class as much as any other: rows / (classes x rows of the class), as scikit-learn's <c>balanced</c>.</summary>
    Balanced,
}
