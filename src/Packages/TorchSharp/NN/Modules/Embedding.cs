using TorchSharp.Modules;
using TorchSharp.PInvoke;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Looks rows of a table up; the row of the padding index starts at zero and gets no gradient.</summary>
        public sealed class Embedding : nn.Module<Tensor, Tensor>
        {
            private readonly long _padding;
            private readonly bool _scale;
            private readonly bool _sparse;

            internal Embedding(Tensor values, bool freeze, long? padding, bool scale, bool sparse)
                : base(nameof(Embedding))
            {
                _padding = padding is { } index ? (index < 0 ? index + values.size(0) : index) : -1;
                _scale = scale;
                _sparse = sparse;
                register_parameter("weight", new Parameter(values, !freeze));
            }

            /// <summary>A new handle on the table, owned by the current scope.</summary>
            public Parameter? weight
            {
                get => new(Native.ts_same(Table));
                set => ConditionallyRegisterParameter("weight", value ?? throw new ArgumentNullException(nameof(value), "weight cannot be set to 'null'"));
            }

            private Parameter Table => get_parameter("weight")!;

            public override Tensor forward(Tensor input) => Native.ts_embedding(input, Table, _padding, _scale, _sparse);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Standard normal values, zeros in the row of the padding index; max_norm is not supported here.</summary>
            public static Embedding Embedding(
                long num_embeddings,
                long embedding_dims,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2.0,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null)
            {
                RefuseMaxNorm(max_norm);
                var values = randn(num_embeddings, embedding_dims, dtype, device);
                if (padding_idx is { } row)
                {
                    using var padding = values.select(0, row);
                    padding.fill_(0);
                }
                return new Embedding(values, false, padding_idx, scale_grad_by_freq, sparse);
            }

            public static Embedding Embedding_from_pretrained(
                Tensor embeddings,
                bool freeze = true,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2.0,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null)
            {
                RefuseMaxNorm(max_norm);
                if (embeddings.ndim != 2) throw new ArgumentException("Embeddings parameter is expected to be 2-dimensional");
                using var same = embeddings.detach();
                var values = same.to(dtype ?? embeddings.dtype, device ?? embeddings.device);
                return new Embedding(values, freeze, padding_idx, scale_grad_by_freq, sparse);
            }

            private static void RefuseMaxNorm(double? maxNorm)
            {
                if (maxNorm is not null) throw new NotSupportedException("Embedding with max_norm is not part of this stand-in.");
            }
        }
    }
}
