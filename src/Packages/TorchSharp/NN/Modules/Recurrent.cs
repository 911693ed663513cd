using TorchSharp.PInvoke;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Weights and settings that LSTM and GRU share: per layer and direction weight_ih, weight_hh, bias_ih, bias_hh.</summary>
internal sealed class RecurrentWeights(long hidden, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional)
{
    private Tensor[] _list = [];

    public long Directions => bidirectional ? 2 : 1;

    public Tensor[] List => _list;

    /// <summary>Makes the parameters, uniform in ±1/√hidden, in the order and under the names of libtorch.</summary>
    public void Create(long input, long gates, Action<string, Parameter> register, Device? device, ScalarType? dtype)
    {
        var bound = 1 / Math.Sqrt(hidden);
        for (var layer = 0; layer < layers; layer++)
        {
            var width = layer == 0 ? input : hidden * Directions;
            for (var direction = 0; direction < Directions; direction++)
            {
                var end = $"_l{layer}{(direction == 1 ? "_reverse" : "")}";
                Add("weight_ih" + end, [gates * hidden, width]);
                Add("weight_hh" + end, [gates * hidden, hidden]);
                if (!bias) continue;
                Add("bias_ih" + end, [gates * hidden]);
                Add("bias_hh" + end, [gates * hidden]);
            }
        }

        void Add(string name, long[] shape)
        {
            var parameter = new Parameter(empty(shape, dtype, device));
            nn.init.uniform_(parameter, -bound, bound);
            register(name, parameter);
        }
    }

    public void Refresh(IEnumerable<Parameter> parameters) => _list = parameters.ToArray<Tensor>();

    public Recurrent Settings(bool training) => new(layers, dropout, bias, training, bidirectional, batchFirst);

    /// <summary>A state of zeros for this input.</summary>
    public Tensor Zeros(Tensor input) =>
        zeros(Directions * layers, input.size(batchFirst ? 0 : 1), hidden, input.dtype, input.device);

    public Tensor Zeros(nn.utils.rnn.PackedSequence input)
    {
        using var first = input.batch_sizes[0];
        return zeros(Directions * layers, first.ToInt64(), hidden, input.data.dtype, input.data.device);
    }
}
