using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The operations of networks as functions.</summary>
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? Same(x.relu_()) : x.relu();

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor gelu(Tensor x, bool inplace) => inplace ? Same(Overwritten(x, x.gelu())) : x.gelu();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? Same(x.tanh_()) : x.tanh();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? Same(x.sigmoid_()) : x.sigmoid();

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? Same(Overwritten(x, x.silu())) : x.silu();

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => inplace ? Same(Overwritten(x, x.elu(alpha))) : x.elu(alpha);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? Same(Overwritten(input, input.leaky_relu(negative_slope))) : input.leaky_relu(negative_slope);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);

            public static Tensor logsigmoid(Tensor x) => x.log_sigmoid();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                if (x.dtype != ScalarType.Int64) throw new ArgumentException("OneHot input tensor must have elements of type Int64");
                return Native.ts_one_hot(x, num_classes);
            }

            /// <summary>Vectors along a dimension scaled to norm 1.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = input.norm((int)dim, true, (float)p);
                using var safe = norm.clamp_min(eps);
                return input.div(safe);
            }

            private static Tensor Same(Tensor tensor) => new(Native.ts_same(tensor));

            private static Tensor Overwritten(Tensor target, Tensor values)
            {
                using (values) return target.copy_(values);
            }
        }
    }
}
