
namespace Pipelines.Stages.Torch;

/// <summary>Shares rows of equal work between threads; each row is computed alone, so the result does not depend on how many there
/// are.</summary>
internal static class RowRanges
{
    /// <summary>Below this much work a row range is not worth a second thread.</summary>
    private const int MinimumValues = 16_384;

    /// <param name="valuesPerRow">How many values one row computes.</param>
    public static void Run(int rows, int valuesPerRow, int threads, Action<int, int> body)
    {
        var parts = TorchThread.IsAlone ? 1 : (int)Math.Min(threads, (long)rows * valuesPerRow / MinimumValues);
        if (parts <= 1)
            body(0, rows);
        else
            Parallel.For(0, parts, part => body((int)((long)rows * part / parts), (int)((long)rows * (part + 1) / parts)));
    }
}
