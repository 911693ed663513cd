namespace Pipelines.Stages.Text.Splitting;

/// <summary>The fold of each row, from 0, as scikit-learn gives it for the same seed.</summary>
internal static class FoldAssignment
{
    /// <summary>KFold: consecutive parts of the (shuffled) rows, the first ones longer by one where they do not divide evenly.</summary>
    /// <param name="shuffle">Null: rows stay in their order.</param>
    public static int[] Plain(int rows, int folds, Shuffle? shuffle)
    {
        var order = shuffle?.Permutation(rows) ?? [.. Enumerable.Range(0, rows)];
        var ofRows = new int[rows];
        var next = 0;
        for (var fold = 0; fold < folds; fold++)
            for (var end = next + (rows / folds) + (fold < rows % folds ? 1 : 0); next < end; next++)
                ofRows[order[next]] = fold;
        return ofRows;
    }

    /// <summary>StratifiedKFold: the rows in the order of their classes are dealt out like cards, then shuffled within a class.</summary>
    /// <param name="classes">By row, the number of its class in the order of first occurrence.</param>
    public static int[] Stratified(int[] classes, int folds, Shuffle? shuffle)
    {
        var ofRows = new int[classes.Length];
        var dealt = 0;
        foreach (var rows in classes.Index().GroupBy(row => row.Item, row => row.Index))
        {
            int[] places = [.. rows];
            int[] ofClass = [.. Enumerable.Range(dealt, places.Length).Select(card => card % folds).Order()];
            var order = shuffle?.Permutation(places.Length) ?? [.. Enumerable.Range(0, places.Length)];
            foreach (var (place, card) in places.Zip(order))
                ofRows[place] = ofClass[card];
            dealt += places.Length;
        }
        return ofRows;
    }
}
