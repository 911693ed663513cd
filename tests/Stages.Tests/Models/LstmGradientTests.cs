using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>The hand-written LSTM against torch's automatic gradients, torch's own LSTM, and itself under other groupings.</summary>
public sealed class LstmGradientTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>
    /// Units below, at and beside a multiple of a vector's width; sequences that end at different steps, and an empty one.
    /// </summary>
    [Theory]
    [InlineData(3, false)]
    [InlineData(8, false)]
    [InlineData(21, false)]
    [InlineData(3, true)]
    [InlineData(21, true)]
    public void Values_and_gradients_are_those_of_automatic_differentiation(int units, bool reverse)
    {
        var layout = PackedSequence.Of([5, 4, 4, 2, 1, 0]);
        var run = new RecurrentRun(layout, Index(layout, rows: 7), reverse, KeepSteps: true, Mask(layout, units), Threads: 2);
        Compare(run, units, rows: 7, withState: !reverse);
    }

    [Fact]
    public void Values_and_gradients_hold_without_states_and_with_a_row_a_place()
    {
        var layout = PackedSequence.Of([3, 3, 1]);
        Compare(new(layout), units: 10, rows: layout.Positions, withState: false);
    }

    [Fact]
    public void The_gradient_of_the_inputs_is_the_same_when_the_kernel_is_frozen()
    {
        var run = new RecurrentRun(PackedSequence.Of([3, 1]));
        var (inputs, kernel) = (Random(6, run.Layout.Positions, 4 * 9).requires_grad_(true), Random(7, 9, 4 * 9));
        Tensor Gradient(Tensor recurrent) =>
            autograd.grad([LstmFunction.apply(inputs, recurrent, null!, null!, run)[0].square().sum()], [inputs])[0];
        LstmFixture.Near(ParameterSet.ToArray(Gradient(kernel.detach().requires_grad_(true))), Gradient(kernel.detach()));
    }

    [Fact]
    public void Texts_without_words_end_with_zeros_and_no_gradient()
    {
        using var lstm = new LstmFixture(2, 9);
        var result = lstm.Run(zeros(2, 1, 2), [0, 0]);
        LstmFixture.Near(new float[18], result.LastOutputs);
        result.LastOutputs.sum().backward();
        LstmFixture.Near(new float[2 * 36], lstm.Kernel.grad!);
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        using var lstm = new LstmFixture(2, 9);
        var texts = Random(11, 3, 4, 2);
        Tensor Loss() => lstm.Run(texts, [4, 3, 1]).LastOutputs.square().sum();
        Loss().backward();
        foreach (var weights in new[] { lstm.Kernel, lstm.Recurrent, lstm.Bias })
            CheckDifferences(weights, Loss);
    }

    [Fact]
    public void The_result_is_that_of_torchs_LSTM()
    {
        using var lstm = new LstmFixture(5, 12);
        using var torchs = nn.LSTM(5, 12, batchFirst: true);
        var texts = Random(5, 2, 6, 5);
        using (no_grad())
        {
            foreach (var (name, parameter) in torchs.named_parameters())
                parameter.copy_(name switch
                {
                    "weight_ih_l0" => lstm.Kernel.t(),
                    "weight_hh_l0" => lstm.Recurrent.t(),
                    "bias_ih_l0" => lstm.Bias,
                    _ => zeros_like(parameter),
                });
        }
        var (_, expected, expectedCell) = torchs.call(texts);
        var result = lstm.Run(texts, [6, 6]);
        LstmFixture.Near(ParameterSet.ToArray(expected), result.LastOutputs);
        LstmFixture.Near(ParameterSet.ToArray(expectedCell), result.LastCells);
    }

    [Fact]
    public void Texts_have_the_same_result_alone_and_among_longer_ones()
    {
        using var lstm = new LstmFixture(4, 16);
        var texts = Random(9, 3, 5, 4);
        var together = lstm.Run(texts, [5, 3, 2]).LastOutputs;
        for (var i = 0; i < 3; i++)
        {
            int[] length = [new[] { 5, 3, 2 }[i]];
            LstmFixture.Near(ParameterSet.ToArray(lstm.Run(texts.narrow(0, i, 1), length).LastOutputs), together.narrow(0, i, 1));
        }
    }

    [Fact]
    public void More_threads_give_the_same_bits()
    {
        var layout = PackedSequence.Of([.. Enumerable.Repeat(3, 400)]);
        var (projected, recurrent) = (Random(1, layout.Positions, 4 * 64), Random(2, 64, 4 * 64));
        var one = LstmFunction.apply(projected, recurrent, null!, null!, new RecurrentRun(layout, Threads: 1))[0];
        var four = LstmFunction.apply(projected, recurrent, null!, null!, new RecurrentRun(layout, Threads: 4))[0];
        Assert.Equal(ParameterSet.ToArray(one), ParameterSet.ToArray(four));
    }

    private static void Compare(RecurrentRun run, int units, int rows, bool withState)
    {
        var leaves = Leaves(run, units, rows, withState);
        var copies = leaves.ConvertAll(leaf => leaf.detach().clone().requires_grad_(true));
        var results = LstmFunction.apply(leaves[0], leaves[1], withState ? leaves[2] : null!, withState ? leaves[3] : null!, run);
        var expected = LstmSteps.Walk(copies[0], copies[1], withState ? copies[2] : null, withState ? copies[3] : null, run);
        LstmFixture.Near(ParameterSet.ToArray(expected.LastOutputs), results[0]);
        LstmFixture.Near(ParameterSet.ToArray(expected.LastCells), results[1]);
        Loss(results[0], results[1], results.Count > 2 ? results[2] : null).backward();
        Loss(expected.LastOutputs, expected.LastCells, expected.Outputs).backward();
        for (var i = 0; i < leaves.Count; i++)
            LstmFixture.Near(ParameterSet.ToArray(copies[i].grad ?? zeros_like(copies[i])), leaves[i].grad!, 2e-5f);
    }

    private static Tensor Loss(Tensor last, Tensor cells, Tensor? outputs)
    {
        var loss = last.square().sum() + cells.sin().sum();
        return outputs is null ? loss : loss + outputs.cos().sum();
    }

    private static List<Tensor> Leaves(RecurrentRun run, int units, int rows, bool withState)
    {
        List<Tensor> leaves = [Random(1, rows, 4 * units), Random(2, units, 4 * units) * 0.3];
        if (withState)
            leaves.AddRange([Random(3, run.Layout.Sequences, units), Random(4, run.Layout.Sequences, units)]);
        return leaves.ConvertAll(leaf => leaf.detach().requires_grad_(true));
    }

    private static void CheckDifferences(Tensor weights, Func<Tensor> loss)
    {
        const float Step = 1e-2f;
        using var frozen = no_grad();
        var gradient = ParameterSet.ToArray(weights.grad!);
        var flat = weights.view(-1);
        for (var i = 0; i < gradient.Length; i += 7)
        {
            var position = flat.narrow(0, i, 1);
            position.add_(Step);
            var above = loss().item<float>();
            position.sub_(2 * Step);
            var below = loss().item<float>();
            position.add_(Step);
            Assert.True(Math.Abs(gradient[i] - ((above - below) / (2 * Step))) < 2e-3,
                $"{i}: {gradient[i]} against {(above - below) / (2 * Step)}");
        }
    }

    private static RowIndex Index(PackedSequence layout, int rows) =>
        RowIndex.Of([.. Enumerable.Range(0, layout.Positions).Select(position => position * 5 % rows)], rows);

    private static Tensor Mask(PackedSequence layout, int units) => new DropoutMasks(seed: 5, CPU).Mask(layout.Sequences, units, 0.4);

    private static Tensor Random(ulong seed, params long[] shape)
    {
        var random = new SeededRandom(seed);
        return tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)random.NextNormal())], shape);
    }
}
