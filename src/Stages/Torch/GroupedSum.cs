using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Pipelines.Stages.Torch;

/// <summary>Adds up the gradients of all positions that a row was copied to, in order of position.</summary>
internal static unsafe class GroupedSum
{
    /// <param name="values">One row a position.</param>
    public static torch.Tensor Of(torch.Tensor values, RowIndex index, int threads)
    {
        var width = (int)values.shape[1];
        var result = torch.empty(index.Rows, width);
        var from = values.Floats();
        var to = result.Floats();
        RowRanges.Run(index.Rows, width, threads, (first, last) =>
        {
            for (var row = first; row < last; row++)
            {
                var sum = new Span<float>(to + ((long)row * width), width);
                sum.Clear();
                foreach (var position in index.PositionsOf(row))
                    Add(new ReadOnlySpan<float>(from + ((long)position * width), width), sum);
            }
        });
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<float> values, Span<float> sum)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < sums.Length; i++)
            sums[i] += vectors[i];
        for (var i = sums.Length * Vector<float>.Count; i < sum.Length; i++)
            sum[i] += values[i];
    }
}
