using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Torch;
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
        Assert.Equal(step, -Step(new(OptimizerKind.Adam, 1e-3), 0, gradient), step * 2e-3);

    [Fact]
    public void Rules_take_their_first_step()
    {
        Assert.Equal(-0.05, Step(new(OptimizerKind.Sgd, 0.1), 0, 0.5f), 1e-7);
        Assert.Equal(-1e-3 / Math.Sqrt(0.1), Step(new(OptimizerKind.Rmsprop, 1e-3), 0, 0.5f), 1e-7);
        Assert.Equal(2 - (1e-3 * 0.1 * 2) - 1e-3, Step(new(OptimizerKind.Adamw, 1e-3, WeightDecay: 0.1), 2, 0.5f), 1e-6);
    }

    [Fact]
    public void Long_gradients_are_shortened()
    {
        Assert.Equal(-0.1 * 2, Step(new(OptimizerKind.Sgd, 0.1, ClipNorm: 2), 0, 5), 1e-6);
        Assert.Equal(-0.1, Step(new(OptimizerKind.Sgd, 0.1, ClipNorm: 2), 0, 1), 1e-6);
    }

    [Fact]
    public void Penalties_pull_kernels_to_zero()
    {
        Assert.Equal(3 - (0.1 * 2 * 0.5 * 3), Step(new(OptimizerKind.Sgd, 0.1, L2: 0.5), 3, 0), 1e-6);
        Assert.Equal(-3 + (0.1 * 0.5), Step(new(OptimizerKind.Sgd, 0.1, L1: 0.5), -3, 0), 1e-6);
    }

    [Fact]
    public void Only_the_rows_of_the_batch_move()
    {
        using var parameters = new ParameterSet(1, CPU);
        var table = new Embedding(parameters, "words", 5, 2, EmbeddingInitializer.Normal);
        using var optimizer = new Optimizer(new(OptimizerKind.Adam, 0.1), parameters);
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

    /// <summary>A weight of this value after one step with this gradient.</summary>
    private static float Step(OptimizerSettings settings, float value, float gradient)
    {
        using var parameters = new ParameterSet(1, CPU);
        var weight = parameters.Add("w", _ => [value], [1], isKernel: true);
        using var optimizer = new Optimizer(settings, parameters);
        (weight.Value * gradient).sum().backward();
        optimizer.Step([]);
        return ParameterSet.ToArray(weight.Value)[0];
    }
}
