using TorchSharp.Modules;
using TorchSharp.PInvoke;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Mean 0 and variance 1 over the last dimensions, then scale and shift.</summary>
        public sealed class LayerNorm : nn.Module<Tensor, Tensor>
        {
            [ComponentName(Name = nameof(weight))]
            private readonly Parameter? _weight;

            [ComponentName(Name = nameof(bias))]
            private readonly Parameter? _bias;

            internal LayerNorm(long[] shape, double eps, bool affine, bool bias, Device? device, ScalarType? dtype)
                : base(nameof(LayerNorm))
            {
                normalized_shape = shape;
                this.eps = eps;
                elementwise_affine = affine;
                if (!affine) return;
                _weight = new Parameter(ones(shape, dtype, device));
                _weight.DetachFromDisposeScope();
                register_parameter(nameof(weight), _weight);
                if (!bias) return;
                _bias = new Parameter(zeros(shape, dtype, device));
                _bias.DetachFromDisposeScope();
                register_parameter(nameof(this.bias), _bias);
            }

            public long[] normalized_shape { get; set; }

            public double eps { get; set; }

            public bool elementwise_affine { get; set; }

            public Parameter weight => _weight!;

            public Parameter? bias => _bias;

            public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                LayerNorm([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static partial class functional
            {
                public static unsafe Tensor layer_norm(
                    Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
                {
                    fixed (long* p = normalized_shape)
                        return Native.ts_layer_norm(input, new Longs(p, normalized_shape.Length), weight, bias, eps);
                }
            }
        }
    }
}
