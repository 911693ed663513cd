using Pipelines.Stages.Models;
using Pipelines.Stages.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>Values of Keras' own tests of its LSTM.</summary>
public sealed class LstmOracleTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0.03f, 1f, false, 0.6288687f, 0.86899155f, 0.9460773f)]
    [InlineData(0.03f, 1f, true, 0.35622165f, 0.74789524f, 0.8872726f)]
    [InlineData(0.03f, 0.03f, false, 0.57019705f, 0.8661914f, 0.9459622f)]
    [InlineData(0f, 0f, false, 0.54986924f, 0.86226785f, 0.9443936f)]
    public void Last_outputs_are_those_of_Keras(float bias, float forgetBias, bool reverse, float first, float second, float third)
    {
        using var lstm = LstmFixture.Constant(4, 3, 0.01f, 0.02f, bias, forgetBias);
        var result = lstm.Run(Range(3, 6, 4), [6, 6, 6], reverse);
        LstmFixture.Near([first, first, first, second, second, second, third, third, third], result.LastOutputs);
    }

    [Fact]
    public void Masked_steps_repeat_the_last_output()
    {
        using var lstm = LstmFixture.Constant(3, 2, 0.01f, 0.02f, 0.03f, 1);
        var result = lstm.Run(Range(2, 4, 3), [3, 2], keepSteps: true);
        LstmFixture.Near(
            [0.0158891f, 0.0158891f, 0.141856f, 0.141856f, 0.0555205f, 0.0555205f, 0.2855621f, 0.2855621f, 0.1175594f, 0.1175594f],
            result.Outputs!);
        LstmFixture.Near([0.1175594f, 0.1175594f, 0.2855621f, 0.2855621f], result.LastOutputs);
    }

    [Fact]
    public void Both_directions_are_those_of_Keras()
    {
        using var lstm = LstmFixture.Constant(3, 2, 0.01f, 0.02f, 0.03f, 1);
        var (forward, backward) = (lstm.Run(Range(2, 4, 3), [4, 4]), lstm.Run(Range(2, 4, 3), [4, 4], reverse: true));
        LstmFixture.Near(
            [0.1990008f, 0.1990008f, 0.12659755f, 0.12659755f, 0.52335435f, 0.52335435f, 0.44717982f, 0.44717982f],
            cat([forward.LastOutputs, backward.LastOutputs], 1));
        LstmFixture.Near([0.35567185f, 0.35567185f], forward.LastCells[0]);
    }

    /// <summary>Keras' <c>zero_output_for_mask</c>: spread over the padding, what a layer gives for masked steps is zero.</summary>
    [Fact]
    public void Masked_steps_give_zeros_where_padding_is_spread_as_in_Keras()
    {
        using var lstm = LstmFixture.Constant(3, 2, 0.01f, 0.02f, 0.03f, 1);
        var result = lstm.Run(Range(2, 4, 3), [3, 2], keepSteps: true);
        var positions = new PaddedTexts([3, 2]).PositionsIn(PackedSequence.Of([3, 2]));
        LstmFixture.Near(
            [
                0.0158891f, 0.0158891f, 0.0555205f, 0.0555205f, 0.1175594f, 0.1175594f,
                0.141856f, 0.141856f, 0.2855621f, 0.2855621f, 0, 0,
            ],
            Rows.GatherOrZero(result.Outputs!, positions));
    }

    private static Tensor Range(int texts, int steps, int size) =>
        arange(texts * steps * size).to(ScalarType.Float32).reshape(texts, steps, size);
}
