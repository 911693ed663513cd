using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using Pipelines.Stages.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Training;

public sealed class OptimizerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Keras keeps ε out of the bias correction: it tells for small gradients.</summary>
    [Theory]
    [InlineData(0.1f, 9.999684e-4)]
    [InlineData(1e-6f, 2.4e-4)]
    public void The_first_step_of_Adam_is_that_of_Keras(float gradient, double step) =>
        Assert.Equal(step, -Steps(new(), 0, gradient), step * 2e-3);

    [Fact]
    public void Rules_take_their_first_step()
    {
        Assert.Equal(-0.05, Steps(Sgd(0.1), 0, 0.5f), 1e-7);
        Assert.Equal(-1e-3 / Math.Sqrt(0.1), Steps(new(Optimizer: new OptimizerParams.Rmsprop()), 0, 0.5f), 1e-7);
    }

    /// <summary>As Keras: the velocity is what is left of the last one, minus the rate times the gradient.</summary>
    [Fact]
    public void Momentum_carries_on()
    {
        Assert.Equal(-0.05 - (0.05 + (0.9 * 0.05)), Steps(Sgd(0.1, 0.9), 0, 0.5f, 0.5f), 1e-6);
        var (first, second) = (-0.05, (0.9 * -0.05) - 0.05);
        Assert.Equal((0.9 * first) - 0.05 + (0.9 * second) - 0.05, Steps(Sgd(0.1, 0.9, nesterov: true), 0, 0.5f, 0.5f), 1e-6);
    }

    [Fact]
    public void Decay_shrinks_matrices_and_spares_biases()
    {
        TrainingParams settings = new(Optimizer: new OptimizerParams.Adamw(WeightDecay: 0.1));
        Assert.Equal(2 - (1e-3 * 0.1 * 2) - 1e-3, Steps(settings, 2, 0.5f), 1e-6);
        Assert.Equal(2 - 1e-3, Of(settings, 2, [1], 0.5f), 1e-6);
    }

    [Fact]
    public void A_share_of_the_rate_makes_a_smaller_step() =>
        Assert.Equal(-0.1 * 0.25 * 0.5, Of(Sgd(0.1), 0, [1, 1], share: 0.25, 0.5f), 1e-7);

    [Fact]
    public void Long_gradients_are_shortened()
    {
        Assert.Equal(-0.1 * 2, Steps(Sgd(0.1) with { ClipNorm = 2 }, 0, 5), 1e-6);
        Assert.Equal(-0.1, Steps(Sgd(0.1) with { ClipNorm = 2 }, 0, 1), 1e-6);
    }

    [Fact]
    public void Penalties_pull_kernels_to_zero()
    {
        Assert.Equal(3 - (0.1 * 2 * 0.5 * 3), Steps(Sgd(0.1) with { L2 = 0.5 }, 3, 0), 1e-6);
        Assert.Equal(-3 + (0.1 * 0.5), Steps(Sgd(0.1) with { L1 = 0.5 }, -3, 0), 1e-6);
    }

    [Theory]
    [InlineData(3f, 3f)]
    [InlineData(-5e30f, 5e30f)]
    [InlineData(float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void The_largest_magnitude_is_told_wherever_it_is(float value, float largest)
    {
        for (var size = 1; size < 40; size++)
        {
            var values = zeros(size);
            values[size * 7 / 11] = value;
            Assert.Equal(largest, LargestMagnitude.Of([ones(3) * 0.5, values, zeros(0)]));
            Assert.Equal(largest, LargestMagnitude.Of([values.expand(2, size).t()]));
        }
    }

    [Fact]
    public void Only_the_rows_of_the_batch_move()
    {
        using var parameters = new ParameterSet(1, CPU);
        var table = new Embedding(
            parameters, "words", 5, 2, (random, count) => Initializers.Embedding(random, count, EmbeddingInitializer.Normal));
        using var optimizer = new Optimizer(new(Optimizer: new OptimizerParams.Adam(0.1)), parameters);
        var before = ParameterSet.ToArray(parameters.Items[0].Value);
        for (var i = 0; i < 2; i++)
        {
            var rows = table.Gather([3, 1], training: true);
            rows.Rows.sum().backward();
            optimizer.Step([rows]);
        }
        var after = ParameterSet.ToArray(parameters.Items[0].Value);
        for (var i = 0; i < after.Length; i++)
            Assert.Equal(i / 2 is 1 or 3 ? before[i] - 0.2 : before[i], after[i], 1e-4);
    }

    /// <summary>As by torch's own gradient of the whole table: words that are not in a batch go on by their momentum.</summary>
    [Fact]
    public void All_rows_move_when_embeddings_are_not_lazy()
    {
        using var looked = new ParameterSet(1, CPU);
        using var whole = new ParameterSet(1, CPU);
        var table = new Embedding(looked, "words", 5, 2, Draw);
        var weights = whole.Add("words.embeddings", random => Draw(random, 10), [5, 2]).Value;
        TrainingParams settings = new(Optimizer: new OptimizerParams.Adam(0.1), LazyEmbeddings: false);
        using var optimizer = new Optimizer(settings, looked);
        using var reference = new Optimizer(settings, whole);
        var before = ParameterSet.ToArray(weights);
        foreach (var words in new int[][] { [3, 1], [1, 4], [0], [3, 4] })
        {
            var rows = table.Gather(words, training: true);
            rows.Rows.square().sum().backward();
            optimizer.Step([rows]);
            weights.index_select(0, Indices.Of(words, CPU)).square().sum().backward();
            reference.Step([]);
        }
        var after = ParameterSet.ToArray(looked.Items[0].Value);
        Assert.Equal(ParameterSet.ToArray(weights), after);
        Assert.Equal(before[4..6], after[4..6]);

        static float[] Draw(SeededRandom random, int count) => Initializers.Embedding(random, count, EmbeddingInitializer.Normal);
    }

    private static TrainingParams Sgd(double rate, double momentum = 0, bool nesterov = false) =>
        new(Optimizer: new OptimizerParams.Sgd(rate, momentum, nesterov));

    /// <summary>A matrix of this one value after a step with each of these gradients.</summary>
    private static float Steps(TrainingParams settings, float value, params float[] gradients) => Of(settings, value, [1, 1], gradients);

    private static float Of(TrainingParams settings, float value, long[] shape, params float[] gradients) =>
        Of(settings, value, shape, 1, gradients);

    private static float Of(TrainingParams settings, float value, long[] shape, double share, params float[] gradients)
    {
        using var parameters = new ParameterSet(1, CPU);
        var weight = parameters.Add("w", _ => [value], shape, isKernel: true);
        using var optimizer = new Optimizer(settings, parameters);
        foreach (var gradient in gradients)
        {
            (weight.Value * gradient).sum().backward();
            Assert.Equal(Math.Abs(gradient + (2 * settings.L2 * value) + (settings.L1 * Math.Sign(value))),
                optimizer.Step([], share).Gradient, 1e-6);
        }
        return ParameterSet.ToArray(weight.Value)[0];
    }
}
