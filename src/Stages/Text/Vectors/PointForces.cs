using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipelines.Stages.Text.Vectors;

/// <summary>What all other points do to one in t-SNE, four of them at a time on every processor, so that all add up alike.</summary>
/// <param name="Affinity">The sum of its affinities, which are 1 / (1 + distance²).</param>
/// <param name="Pull">Towards its neighbours, by how near they are to be.</param>
/// <param name="Push">Away from all.</param>
internal readonly record struct PointForces(double Affinity, (double X, double Y) Pull, (double X, double Y) Push)
{
    /// <param name="near">How near each point is to be.</param>
    public static PointForces On(int point, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, ReadOnlySpan<double> near)
    {
        var (x, y) = (Vector256.Create(xs[point]), Vector256.Create(ys[point]));
        Vector256<double> affinities = default, pullX = default, pullY = default, pushX = default, pushY = default;
        var allX = Fours(xs);
        var allY = Fours(ys);
        var allNear = Fours(near);
        for (var j = 0; j < allX.Length; j++)
        {
            var (dx, dy) = (x - allX[j], y - allY[j]);
            var affinity = Vector256<double>.One / (Vector256<double>.One + (dx * dx) + (dy * dy));
            var (pull, push) = (allNear[j] * affinity, affinity * affinity);
            affinities += affinity;
            pullX += pull * dx;
            pullY += pull * dy;
            pushX += push * dx;
            pushY += push * dy;
        }
        // A point is no neighbour of itself.
        PointForces forces = new(
            Vector256.Sum(affinities) - 1, (Vector256.Sum(pullX), Vector256.Sum(pullY)), (Vector256.Sum(pushX), Vector256.Sum(pushY)));
        for (var j = 4 * allX.Length; j < xs.Length; j++)
            forces = forces.With(xs[point] - xs[j], ys[point] - ys[j], near[j]);
        return forces;
    }

    private PointForces With(double dx, double dy, double near)
    {
        var affinity = 1 / (1 + (dx * dx) + (dy * dy));
        var (pull, push) = (near * affinity, affinity * affinity);
        return new(Affinity + affinity, (Pull.X + (pull * dx), Pull.Y + (pull * dy)), (Push.X + (push * dx), Push.Y + (push * dy)));
    }

    private static ReadOnlySpan<Vector256<double>> Fours(ReadOnlySpan<double> values) =>
        MemoryMarshal.Cast<double, Vector256<double>>(values);
}
