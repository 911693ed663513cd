using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

/// <summary>Compares gradients with central differences.</summary>
internal static class Slopes
{
    private const double Step = 1e-6;

    /// <summary>Checks the gradient of a weighted sum of the function's values at a point.</summary>
    public static void Check(Tensor point, Func<Tensor, Tensor> function)
    {
        var x = point.detach().clone().requires_grad_();
        var y = function(x);
        var weights = arange(1, y.numel() + 1, float64).reshape(y.shape).cos();
        (y * weights).sum().backward();
        var gradient = x.grad!.data<double>().ToArray();
        using var quiet = no_grad();
        for (long i = 0; i < x.numel(); i++)
        {
            var slope = (Value(i, Step) - Value(i, -Step)) / (2 * Step);
            Assert.True(Math.Abs(slope - gradient[i]) <= 1e-5 * Math.Max(1, Math.Abs(slope)), $"at {i}: slope {slope}, gradient {gradient[i]}");
        }

        double Value(long i, double change)
        {
            var moved = point.detach().clone();
            moved.view(-1).data<double>()[i] += change;
            return (function(moved) * weights).sum().ToDouble();
        }
    }
}
