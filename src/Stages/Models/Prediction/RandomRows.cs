using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>Draws rows at random.</summary>
internal static class RandomRows
{
    /// <summary>Different rows, in the order of the table.</summary>
    public static IReadOnlyList<LabelledInput> Draw(IReadOnlyList<LabelledInput> rows, int count, SeededRandom random)
    {
        var order = Enumerable.Range(0, rows.Count).ToArray();
        random.Shuffle<int>(order);
        return [.. order.Take(count).Order().Select(row => rows[row])];
    }
}
