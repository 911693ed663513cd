using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Attention in several heads; inputs are (length, batch, embedding).</summary>
        public sealed class MultiheadAttention : nn.Module<Tensor, Tensor, Tensor, Tensor?, bool, Tensor?, Tuple<Tensor, Tensor>>
        {
            private readonly long _size;
            private readonly long _heads;
            private readonly double _dropout;

            internal MultiheadAttention(long size, long heads, double dropout, bool bias)
                : base(nameof(MultiheadAttention))
            {
                if (size % heads != 0) throw new ArgumentException("embed_dim must be divisible by num_heads");
                (_size, _heads, _dropout) = (size, heads, dropout);
                var input = new Parameter(empty(3 * size, size));
                nn.init.xavier_uniform_(input);
                register_parameter("in_proj_weight", input);
                if (bias) register_parameter("in_proj_bias", new Parameter(zeros(3 * size)));
                var output = new Parameter(empty(size, size));
                nn.init.kaiming_uniform_(output, Math.Sqrt(5));
                register_parameter("out_proj.weight", output);
                if (bias) register_parameter("out_proj.bias", new Parameter(zeros(size)));
            }

            /// <summary>The output, and the weights (batch, length, source length) averaged over the heads where asked for.</summary>
            public override Tuple<Tensor, Tensor> forward(
                Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask, bool need_weights, Tensor? attn_mask)
            {
                using var scope = NewDisposeScope();
                var (length, batch) = (query.size(0), query.size(1));
                var source = key.size(0);
                var width = _size / _heads;
                var q = Project(query, 0).mul(1 / Math.Sqrt(width)).reshape(length, batch * _heads, width).transpose(0, 1);
                var k = Project(key, 1).reshape(source, batch * _heads, width).transpose(0, 1);
                var v = Project(value, 2).reshape(source, batch * _heads, width).transpose(0, 1);
                var scores = q.bmm(k.transpose(1, 2)).reshape(batch, _heads, length, source);
                if (attn_mask is not null)
                    scores = Masked(scores, attn_mask.ndim == 3 ? attn_mask.reshape(batch, _heads, length, source) : attn_mask);
                if (key_padding_mask is not null) scores = Masked(scores, key_padding_mask.unsqueeze(1).unsqueeze(2));
                var weights = scores.softmax(-1);
                var mixed = nn.functional.dropout(weights, _dropout, training).reshape(batch * _heads, length, source).bmm(v);
                var joined = mixed.transpose(0, 1).reshape(length, batch, _size);
                var output = nn.functional.linear(joined, get_parameter("out_proj.weight")!, get_parameter("out_proj.bias"));
                var seen = need_weights ? weights.mean([1]).MoveToOuterDisposeScope() : new Tensor(0);
                return Tuple.Create(output.MoveToOuterDisposeScope(), seen);
            }

            public new Tuple<Tensor, Tensor> call(
                Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true, Tensor? attn_mask = null) =>
                base.call(query, key, value, key_padding_mask, need_weights, attn_mask);

            private Tensor Project(Tensor input, long part)
            {
                var weight = get_parameter("in_proj_weight")!.narrow(0, part * _size, _size);
                var bias = get_parameter("in_proj_bias")?.narrow(0, part * _size, _size);
                return nn.functional.linear(input, weight, bias);
            }

            // Here a boolean mask is true where a position is hidden.
            private static Tensor Masked(Tensor scores, Tensor mask) =>
                mask.dtype == ScalarType.Bool ? scores.masked_fill(mask, double.NegativeInfinity) : scores.add(mask);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Keys and values must have the embedding's size; no extra key, value or zero is attended to.</summary>
            public static MultiheadAttention MultiheadAttention(
                long embedded_dim,
                long num_heads,
                double dropout = 0.0,
                bool bias = true,
                bool add_bias_kv = false,
                bool add_zero_attn = false,
                long? kdim = null,
                long? vdim = null)
            {
                if (add_bias_kv || add_zero_attn || (kdim ?? embedded_dim) != embedded_dim || (vdim ?? embedded_dim) != embedded_dim)
                    throw new NotSupportedException("MultiheadAttention with add_bias_kv, add_zero_attn, kdim or vdim is not part of this stand-in.");
                return new MultiheadAttention(embedded_dim, num_heads, dropout, bias);
            }
        }
    }
}
