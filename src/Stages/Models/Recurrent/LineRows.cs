using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>The points of a <see cref="InterpolationPath"/>, made when they are read, and the gradient of its changes.</summary>
/// <remarks>All memory belongs to tensors that outlive this value.</remarks>
internal readonly unsafe struct LineRows(float* start, int width, float[] shares)
{
    public int Points => shares.Length;

    /// <param name="changes">All of them (lines x width).</param>
    /// <param name="point">Result: the values of this place.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Point(float* changes, int place, float* point)
    {
        var (line, share) = Math.DivRem(place, shares.Length);
        new ReadOnlySpan<float>(start + ((long)line * width), width).CopyTo(new(point, width));
        Add(shares[share], changes + ((long)line * width), point);
    }

    /// <summary>Adds up the gradients of the points of one line.</summary>
    /// <param name="points">Their gradients, one after the other.</param>
    /// <param name="sum">Result: the gradient of the line's change.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sum(float* points, float* sum)
    {
        new Span<float>(sum, width).Clear();
        for (var point = 0; point < shares.Length; point++)
            Add(shares[point], points + ((long)point * width), sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(float share, float* values, float* sum)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(new ReadOnlySpan<float>(values, width));
        var sums = MemoryMarshal.Cast<float, Vector<float>>(new Span<float>(sum, width));
        var shareOfAll = new Vector<float>(share);
        for (var i = 0; i < sums.Length; i++)
            sums[i] = Vector.FusedMultiplyAdd(vectors[i], shareOfAll, sums[i]);
        for (var i = sums.Length * Vector<float>.Count; i < width; i++)
            sum[i] = MathF.FusedMultiplyAdd(values[i], share, sum[i]);
    }
}
