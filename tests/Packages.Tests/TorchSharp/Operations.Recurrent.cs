using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.utils.rnn;

namespace Pipelines.Tests.Packages.Torch;

internal static partial class Operations
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Recurrent = new()
    {
        ["lstm"] = inputs => Run(LSTM(3, 2), inputs),
        ["lstm_bidirectional"] = inputs => Run(LSTM(3, 2, bidirectional: true, batchFirst: true), inputs),
        ["lstm_layers"] = inputs => Run(LSTM(3, 2, numLayers: 2), inputs),
        ["gru"] = inputs => Run(GRU(3, 2), inputs),
        ["gru_bidirectional"] = inputs => Run(GRU(3, 2, bidirectional: true, batchFirst: true), inputs),
        ["lstm_packed"] = Packed,
        ["multihead_attention"] = Attend,
    };

    private static Tensor[] Run(TorchSharp.Modules.LSTM module, Tensor[] inputs)
    {
        var (output, h, c) = Filled(module, inputs[1..]).call(inputs[0]);
        return [output, h, c];
    }

    private static Tensor[] Run(TorchSharp.Modules.GRU module, Tensor[] inputs)
    {
        var (output, h) = Filled(module, inputs[1..]).call(inputs[0]);
        return [output, h];
    }

    private static Tensor[] Packed(Tensor[] inputs)
    {
        var module = Filled(LSTM(3, 2, batchFirst: true), inputs[2..]);
        var packed = pack_padded_sequence(inputs[0], inputs[1], batch_first: true, enforce_sorted: false);
        var (output, h, c) = module.call(packed);
        var (padded, lengths) = pad_packed_sequence(output, batch_first: true);
        return [padded, lengths, h, c];
    }

    private static Tensor[] Attend(Tensor[] inputs)
    {
        var module = Filled(MultiheadAttention(4, 2), inputs[4..]);
        var (output, weights) = module.call(inputs[0], inputs[1], inputs[2], key_padding_mask: inputs[3]);
        return [output, weights];
    }

    // The values in the order of the parameters, which is PyTorch's too.
    private static T Filled<T>(T module, Tensor[] values) where T : Module
    {
        var wide = module.to(ScalarType.Float64);
        wide.eval();
        using var quiet = no_grad();
        foreach (var (parameter, value) in wide.parameters().Zip(values, (p, v) => (p, v))) parameter.copy_(value);
        return wide;
    }
}
