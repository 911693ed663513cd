using TorchSharp.Modules;
using TorchSharp.PInvoke;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>y = x Wᵀ + b; W is (out, in).</summary>
        public sealed class Linear : nn.Module<Tensor, Tensor>
        {
            [ComponentName(Name = nameof(weight))]
            private Parameter _weight;

            [ComponentName(Name = nameof(bias))]
            private Parameter? _bias;

            internal Linear(Parameter weight, Parameter? bias)
                : base(nameof(Linear))
            {
                out_features = weight.size(0);
                in_features = weight.size(1);
                _weight = weight;
                this.weight = weight;
                this.bias = bias;
            }

            internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype)
                : this(
                    new Parameter(empty(outputSize, inputSize, dtype, device)),
                    hasBias ? new Parameter(empty(outputSize, dtype, device)) : null)
            {
                nn.init.kaiming_uniform_(_weight, Math.Sqrt(5));
                var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                if (_bias is not null) nn.init.uniform_(_bias, -bound, bound);
            }

            public long in_features { get; set; }

            public long out_features { get; set; }

            public Parameter weight
            {
                get => _weight;
                set
                {
                    if (!ReferenceEquals(_weight, value)) _weight.Dispose();
                    value.DetachFromDisposeScope();
                    ConditionallyRegisterParameter(nameof(weight), _weight = value);
                }
            }

            public Parameter? bias
            {
                get => _bias;
                set
                {
                    _bias?.Dispose();
                    value?.DetachFromDisposeScope();
                    ConditionallyRegisterParameter(nameof(bias), _bias = value);
                }
            }

            public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight, _bias);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

            public static partial class functional
            {
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Native.ts_linear(input, weights, bias);
            }
        }
    }
}
