using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining.Gradients;
using Pipelines.Stages.Models;
using Pipelines.Stages.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Explaining;

/// <summary>Integrated gradients of plain functions, from the paper and from Captum's own tests.</summary>
public sealed class IntegratedGradientsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Points_and_weights_are_those_of_Gauss_and_Legendre()
    {
        Near([0.2113249, 0.7886751], Quadrature.GaussLegendre(2).Points);
        Near([0.5, 0.5], Quadrature.GaussLegendre(2).Weights);
        Near([0.1127017, 0.5, 0.8872983], Quadrature.GaussLegendre(3).Points);
        Near([5 / 18.0, 4 / 9.0, 5 / 18.0], Quadrature.GaussLegendre(3).Weights);
        var fifty = Quadrature.GaussLegendre(50);
        Assert.Equal(0.000566798, fifty.Points[0], 1e-9);
        Assert.Equal(0.001454311, fifty.Weights[0], 1e-9);
        Assert.Equal(1, fifty.Weights.Sum(), 1e-12);
        var four = Quadrature.GaussLegendre(4);
        Assert.Equal(1 / 8.0, four.Points.Zip(four.Weights, (x, w) => w * Math.Pow(x, 7)).Sum(), 1e-12);
    }

    [Fact]
    public void Two_networks_that_compute_the_same_have_the_same_attributions()
    {
        var first = Of([3, 1], x => (x.narrow(1, 0, 1).relu() - 1 - x.narrow(1, 1, 1).relu()).relu());
        var second = Of([3, 1], x => ((x.narrow(1, 0, 1) - 1).relu() - x.narrow(1, 1, 1).relu()).relu());
        Near([1.5, -0.5], first.Values, 0.05);
        Near([1.5, -0.5], second.Values, 0.05);
    }

    [Fact]
    public void The_trapezoid_reaches_both_ends_and_its_weights_add_up()
    {
        var five = Quadrature.Trapezoid(5);
        Near([0, 0.25, 0.5, 0.75, 1], five.Points);
        Near([0.125, 0.25, 0.25, 0.25, 0.125], five.Weights);
        var steps = Quadrature.Trapezoid(500);
        Near([1.5, -0.5], Of([3, 1], x => (x.narrow(1, 0, 1).relu() - 1 - x.narrow(1, 1, 1).relu()).relu(), rule: steps).Values, 0.05);
    }

    /// <summary>The network of Captum's first page: two layers of counted-up weights, its two inputs of three numbers.</summary>
    [Fact]
    public void The_toy_network_of_Captum_has_the_attributions_of_its_page()
    {
        Near([-0.5922, -1.5497, -1.0067], Of([0.2961f, 0.5166f, 0.2517f], Toy).Values, 1e-3);
        Near([0, -0.2219, -5.1991], Of([0.6886f, 0.0740f, 0.8665f], Toy).Values, 1e-3);

        static Tensor Toy(Tensor x)
        {
            var hidden = x.mm(arange(-4f, 5f).reshape(3, 3).t()).relu();
            return (hidden.mm(arange(-3f, 3f).reshape(2, 3).t()) + 1).narrow(1, 0, 1);
        }
    }

    [Fact]
    public void A_linear_function_gives_each_input_its_share()
    {
        var result = Of([2, -1, 4], x => x.mm(tensor([3f, 5f, -2f], [3, 1])));
        Near([6, -5, -8], result.Values);
        Assert.Equal(0, result.Deltas[0], 1e-5);
    }

    /// <summary>A step in the way, as a saturated network has: few points miss it, many find it.</summary>
    [Fact]
    public void Attributions_say_how_far_they_miss_the_change()
    {
        var few = Of([1], x => (200 * (x - 0.3)).sigmoid(), 4);
        var many = Of([1], x => (200 * (x - 0.3)).sigmoid(), 1_024);

        Assert.Equal(1, few.Outputs[0] - few.Bases[0], 1e-5);
        Assert.True(Math.Abs(few.Deltas[0]) > 0.1);
        Assert.Equal(0, many.Deltas[0], 1e-3);
        Assert.Equal(few.Values[0] - (few.Outputs[0] - few.Bases[0]), few.Deltas[0], 1e-6);
    }

    [Fact]
    public void The_attributions_of_each_sequence_add_up_to_its_change()
    {
        var layout = PackedSequence.Of([2, 1]);
        var inputs = tensor([0.3f, -0.2f, 1f, 0.5f, -0.7f, 0.1f], [3, 2]);
        var batch = new ExplainableBatch([0, 1], layout, inputs, zeros(3, 2), Scores, [0, 1], [0, 1]);
        var result = IntegratedGradients.Of(batch, Quadrature.GaussLegendre(20), IntegratedGradients.AllParts)[0];
        Assert.All(result.Deltas, delta => Assert.Equal(0, delta, 1e-5));
        var ends = Scores(layout.Repeated(2), new(zeros(3, 2), inputs, [0, 1]));
        var change = (ends[1] - ends[0]).item<float>();
        Assert.Equal(change, result.Values[0] + result.Values[1] + result.Values[4] + result.Values[5], 1e-5);

        // Each part by itself: its own sequence alone.
        var second = IntegratedGradients.Of(batch, Quadrature.GaussLegendre(20), IntegratedGradients.AllParts, 1)[1].Values;
        Assert.Equal([0, 0, result.Values[2], result.Values[3], 0, 0], second);

        // Each sequence: the product of its steps' sums, squashed.
        static Tensor Scores(PackedSequence layout, Interpolation points)
        {
            var (sums, copies) = (points.Rows().sum(1), points.Count);
            var (first, second) = (sums.narrow(0, 0, layout.BatchSizes[0]), sums.narrow(0, layout.Offsets[1], layout.BatchSizes[1]));
            return cat([(first.narrow(0, 0, copies) * (second + 1)).tanh(), first.narrow(0, copies, copies).exp()], 0);
        }
    }

    private static PositionAttributions Of(float[] input, Func<Tensor, Tensor> function, int steps = 50, Quadrature? rule = null)
    {
        var inputs = tensor(input, [1, input.Length]);
        return IntegratedGradients.Of(
            new([0], PackedSequence.Of([1]), inputs, zeros_like(inputs), (_, points) => function(points.Rows()).reshape(-1), [0], [0]),
            rule ?? Quadrature.GaussLegendre(steps), IntegratedGradients.AllParts)[0];
    }

    private static void Near(double[] expected, double[] actual) => Near(expected, [.. actual.Select(value => (float)value)], 1e-6);

    private static void Near(double[] expected, float[] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }
}
