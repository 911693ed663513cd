using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

public sealed class GruTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly ParameterSet _parameters = new(seed: 3, CPU);

    public void Dispose()
    {
        _parameters.Dispose();
        _scope.Dispose();
    }

    /// <summary>Keras' own test: a masked step leaves the state as it was, so it is as if it were not there.</summary>
    [Fact]
    public void Steps_that_a_mask_leaves_out_change_nothing_as_in_Keras()
    {
        var gru = Filled(3, 2);
        var texts = arange(24).to(ScalarType.Float32).reshape(2, 4, 3);
        var first = texts[0].index_select(0, tensor(new long[] { 0, 1, 3 }));
        var second = texts[1].index_select(0, tensor(new long[] { 0, 3 }));
        LstmFixture.Near([0.19393763f, 0.19393763f], Last(gru, first, reverse: false));
        LstmFixture.Near([0.11669192f, 0.11669192f], Last(gru, first, reverse: true));
        LstmFixture.Near([0.30818558f, 0.30818558f], Last(gru, second, reverse: false));
        LstmFixture.Near([0.28380975f, 0.28380975f], Last(gru, second, reverse: true));
    }

    /// <summary>torch's own GRU has the gates in the order r, z, n.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Packed_sequences_have_the_outputs_and_gradients_of_torchs_GRU_one_by_one(bool reverse)
    {
        var gru = new Gru(_parameters, "gru", 5, 12);
        using (no_grad())
            Bias.copy_(randn(2, 36, generator: new Generator(1)));
        using var torchs = Torchs(5, 12);
        int[] lengths = [6, 4, 4, 1];
        var texts = lengths.Index().Select(text => randn(text.Item, 5, generator: new Generator((ulong)text.Index + 2))).ToArray();
        var layout = PackedSequence.Of(lengths);
        var packed = cat(
            [.. Enumerable.Range(0, layout.Steps).SelectMany(t => texts[..layout.BatchSizes[t]].Select(text => text.narrow(0, t, 1)))], 0);

        var (last, outputs) = gru.Run(gru.Project(packed), new(layout, Reverse: reverse, KeepSteps: true));
        (last.square().sum() + outputs!.sin().sum()).backward();
        for (var i = 0; i < texts.Length; i++)
        {
            var (all, end) = torchs.call((reverse ? texts[i].flip(0) : texts[i]).unsqueeze(1));
            LstmFixture.Near(ParameterSet.ToArray(end.reshape(-1)), last[i]);
            (end.square().sum() + all.sin().sum()).backward();
        }
        var expected = torchs.named_parameters()
            .ToDictionary(entry => entry.name, entry => ParameterSet.ToArray(Reordered(entry.parameter.grad!)));
        LstmFixture.Near(expected["weight_ih_l0"], Kernel.grad!.t(), 2e-5f);
        LstmFixture.Near(expected["weight_hh_l0"], Recurrent.grad!.t(), 2e-5f);
        LstmFixture.Near([.. expected["bias_ih_l0"], .. expected["bias_hh_l0"]], Bias.grad!, 2e-5f);
    }

    [Fact]
    public void Texts_without_words_end_with_zeros()
    {
        var gru = Filled(3, 2);
        LstmFixture.Near(new float[4], gru.Run(gru.Project(zeros(0, 3)), new(PackedSequence.Of([0, 0]), KeepSteps: true)).LastOutputs);
        var (last, _) = gru.Run(gru.Project(ones(1, 3)), new(PackedSequence.Of([1, 0])));
        LstmFixture.Near(new float[2], last[1]);
    }

    [Fact]
    public void A_word_that_occurs_twice_is_projected_once()
    {
        var gru = Filled(3, 2);
        var (words, layout) = (arange(6).to(ScalarType.Float32).reshape(2, 3), PackedSequence.Of([2, 1]));
        var index = RowIndex.Of([1, 0, 1], 2);
        var once = gru.Run(gru.Project(words), new(layout, index)).LastOutputs;
        var each = gru.Run(gru.Project(words.index_select(0, tensor(new long[] { 1, 0, 1 }))), new(layout)).LastOutputs;
        Assert.Equal(ParameterSet.ToArray(each), ParameterSet.ToArray(once));
    }

    private Tensor Kernel => _parameters.Items[0].Value;

    private Tensor Recurrent => _parameters.Items[1].Value;

    private Tensor Bias => _parameters.Items[2].Value;

    private Gru Filled(int inputs, int units)
    {
        var gru = new Gru(_parameters, "gru", inputs, units);
        using var frozen = no_grad();
        Kernel.fill_(0.01);
        Recurrent.fill_(0.02);
        Bias.fill_(0.03);
        return gru;
    }

    private static Tensor Last(Gru gru, Tensor text, bool reverse) =>
        gru.Run(gru.Project(text), new(PackedSequence.Of([(int)text.shape[0]]), Reverse: reverse)).LastOutputs;

    private TorchSharp.Modules.GRU Torchs(int inputs, int units)
    {
        var torchs = nn.GRU(inputs, units);
        using var frozen = no_grad();
        foreach (var (name, parameter) in torchs.named_parameters())
            parameter.copy_(Reordered(name switch
            {
                "weight_ih_l0" => Kernel.t(),
                "weight_hh_l0" => Recurrent.t(),
                "bias_ih_l0" => Bias[0],
                "bias_hh_l0" => Bias[1],
                _ => throw new InvalidOperationException(name),
            }));
        return torchs;
    }

    /// <summary>The first two gates change places: z, r, h and r, z, n.</summary>
    private static Tensor Reordered(Tensor gates)
    {
        var parts = gates.chunk(3);
        return cat([parts[1], parts[0], parts[2]], 0);
    }
}
