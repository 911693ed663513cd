using TorchSharp.Modules;
using TorchSharp.PInvoke;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Long short-term memory; the gates are stacked input, forget, cell, output.</summary>
        public sealed unsafe class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
        {
            private readonly RecurrentWeights _weights;

            internal LSTM(
                long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
                : base(nameof(LSTM))
            {
                _weights = new RecurrentWeights(hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
                _weights.Create(inputSize, 4, register_parameter, device, dtype);
                ParametersMoved();
            }

            /// <summary>Output (length, batch, directions × hidden), last h and last c.</summary>
            public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
            {
                var (h, c) = h0_c0 ?? (_weights.Zeros(input), _weights.Zeros(input));
                var results = stackalloc nint[3];
                using var list = new Handles(_weights.List);
                Native.ts_lstm(input, h, c, list.List, _weights.Settings(training), results).Check();
                return (new Tensor(results[0]), new Tensor(results[1]), new Tensor(results[2]));
            }

            public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

            public (PackedSequence, Tensor, Tensor) call(PackedSequence input, (Tensor, Tensor)? h0_c0 = null)
            {
                var (h, c) = h0_c0 ?? (_weights.Zeros(input), _weights.Zeros(input));
                using var sortedH = input.Sorted(h);
                using var sortedC = input.Sorted(c);
                var results = stackalloc nint[3];
                using var list = new Handles(_weights.List);
                Native.ts_lstm_packed(input.data, input.batch_sizes, sortedH, sortedC, list.List, _weights.Settings(training), results).Check();
                using var hidden = new Tensor(results[1]);
                using var cell = new Tensor(results[2]);
                return (input.With(new Tensor(results[0])), input.Unsorted(hidden), input.Unsorted(cell));
            }

            public void flatten_parameters() => ParametersMoved();

            private protected override void ParametersMoved() => _weights.Refresh(parameters());
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static LSTM LSTM(
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
