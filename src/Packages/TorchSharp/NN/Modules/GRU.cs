using TorchSharp.Modules;
using TorchSharp.PInvoke;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Gated recurrent units; the gates are stacked reset, update, new.</summary>
        public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
        {
            private readonly RecurrentWeights _weights;

            internal GRU(
                long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
                : base(nameof(GRU))
            {
                _weights = new RecurrentWeights(hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
                _weights.Create(inputSize, 3, register_parameter, device, dtype);
                ParametersMoved();
            }

            /// <summary>Output (length, batch, directions × hidden) and last h.</summary>
            public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
            {
                h0 ??= _weights.Zeros(input);
                using var list = new Handles(_weights.List);
                Native.ts_gru(input, h0, list.List, _weights.Settings(training), out var output, out var last).Check();
                return (output, last);
            }

            public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

            public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null)
            {
                h0 ??= _weights.Zeros(input);
                using var sorted = input.Sorted(h0);
                using var list = new Handles(_weights.List);
                Native.ts_gru_packed(input.data, input.batch_sizes, sorted, list.List, _weights.Settings(training), out var output, out var last).Check();
                using (last) return (input.With(output), input.Unsorted(last));
            }

            public void flatten_parameters() => ParametersMoved();

            private protected override void ParametersMoved() => _weights.Refresh(parameters());
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static GRU GRU(
                long inputSize,
                long hiddenSize,
                long numLayers = 1,
                bool bias = true,
                bool batchFirst = false,
                double dropout = 0.0,
                bool bidirectional = false,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
