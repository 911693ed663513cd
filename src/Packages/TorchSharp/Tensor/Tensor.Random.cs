using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Kept(generator, Done(Native.ts_uniform_(this, from, to, HandleOf(generator))));

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Kept(generator, Done(Native.ts_normal_(this, mean, std, HandleOf(generator))));

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Kept(generator, Done(Native.ts_exponential_(this, lambda, HandleOf(generator))));

        /// <summary>Ones with the probability each value of this tensor says.</summary>
        public Tensor bernoulli(Generator? generator = null) => Kept(generator, Native.ts_bernoulli(this, HandleOf(generator)));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Kept(generator, Done(Native.ts_bernoulli_(this, p, HandleOf(generator))));

        /// <summary>Indices drawn by the weights of each row.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Kept(generator, Native.ts_multinomial(this, num_samples, replacement, HandleOf(generator)));

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_rand_like(this, Like(dtype, device, requires_grad));

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_randn_like(this, Like(dtype, device, requires_grad));

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_zeros_like(this, Like(dtype, device, requires_grad));

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_ones_like(this, Like(dtype, device, requires_grad));

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_empty_like(this, Like(dtype, device, requires_grad));

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_full_like(this, value, Like(dtype, device, requires_grad));

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor new_ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor new_ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones(rows, columns, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);

        private Options Like(ScalarType? type, Device? place, bool requiresGrad) => new(type ?? dtype, place ?? device, requiresGrad);

        private static nint HandleOf(Generator? generator) => generator?.Handle ?? 0;

        private static Tensor Kept(Generator? generator, Tensor result)
        {
            GC.KeepAlive(generator);
            return result;
        }
    }
}
