using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>An LSTM with given weights over padded inputs, packed and unpacked on the way.</summary>
internal sealed class LstmFixture : IDisposable
{
    private readonly ParameterSet _parameters = new(seed: 3, CPU);
    private readonly int _inputs;

    public LstmFixture(int inputs, int units)
    {
        _inputs = inputs;
        Lstm = new(_parameters, "lstm", inputs, units);
    }

    public Lstm Lstm { get; }

    public Tensor Kernel => _parameters.Items[0].Value;

    public Tensor Recurrent => _parameters.Items[1].Value;

    public Tensor Bias => _parameters.Items[2].Value;

    public static LstmFixture Constant(int inputs, int units, float kernel, float recurrent, float bias, float forgetBias)
    {
        var fixture = new LstmFixture(inputs, units);
        using var frozen = no_grad();
        fixture.Kernel.fill_(kernel);
        fixture.Recurrent.fill_(recurrent);
        fixture.Bias.fill_(bias);
        fixture.Bias.narrow(0, units, units).fill_(forgetBias);
        return fixture;
    }

    /// <param name="texts">Sequences x steps x inputs, row after row.</param>
    /// <param name="lengths">Longest first.</param>
    public Tensor Packed(Tensor texts, int[] lengths)
    {
        var layout = PackedSequence.Of(lengths);
        var positions = new List<Tensor>();
        for (var t = 0; t < layout.Steps; t++)
            positions.Add(texts.narrow(1, t, 1).narrow(0, 0, layout.BatchSizes[t]).reshape(layout.BatchSizes[t], _inputs));
        return positions.Count == 0 ? zeros(0, _inputs) : cat([.. positions], 0);
    }

    public LstmResult Run(Tensor texts, int[] lengths, bool reverse = false, bool keepSteps = false) =>
        Lstm.Run(Lstm.Project(Packed(texts, lengths)), new(PackedSequence.Of(lengths), Reverse: reverse, KeepSteps: keepSteps));

    public void Dispose() => _parameters.Dispose();

    public static void Near(float[] expected, Tensor actual, float tolerance = 1e-6f)
    {
        var values = ParameterSet.ToArray(actual);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"{i}: expected {expected[i]}, got {values[i]}");
    }
}
