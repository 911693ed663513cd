namespace Pipelines.Stages.Models.LinearModels;

/// <summary>Texts as features, with the number of the class of each.</summary>
/// <param name="Words">How many features there are.</param>
/// <param name="Classes">How many classes there are, with or without texts.</param>
internal sealed record FeatureRows(IReadOnlyList<SparseRow> Rows, IReadOnlyList<int> Targets, int Words, int Classes)
{
    public int Count => Rows.Count;
}
