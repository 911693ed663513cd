using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor select(long dim, long index) => Native.ts_select(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => Native.ts_slice(this, dim, start, finish, step);

        public Tensor narrow(long dim, long start, long length) => Native.ts_narrow(this, dim, start, length);

        public Tensor gather(long dim, Tensor index) => Native.ts_gather(this, dim, index);

        public Tensor take(Tensor index) => Native.ts_take(this, index);

        public Tensor take_along_dim(Tensor indices, long dim) => Native.ts_take_along_dim(this, indices, dim);

        public Tensor index_select(long dim, Tensor index) => Native.ts_index_select(this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Native.ts_index_add(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Done(Native.ts_index_add_(this, dim, index, source, alpha));

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Native.ts_index_copy(this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Done(Native.ts_index_copy_(this, dim, index, source));

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Native.ts_index_fill(this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Done(Native.ts_index_fill_(this, dim, index, value));

        public Tensor scatter(long dim, Tensor index, Tensor src) => Native.ts_scatter(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Done(Native.ts_scatter_(this, dim, index, src));

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Native.ts_scatter_add(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Done(Native.ts_scatter_add_(this, dim, index, src));

        public Tensor nonzero() => Native.ts_nonzero(this);

        public Tensor argwhere() => Native.ts_argwhere(this);

        /// <summary>The distinct values; the inverse and the counts where asked for, null otherwise.</summary>
        public unsafe (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var results = stackalloc nint[3];
            Native.ts_unique(this, dim ?? 0, dim.HasValue, sorted, return_inverse, return_counts, results).Check();
            return (new Tensor(results[0]), return_inverse ? new Tensor(results[1]) : null, return_counts ? new Tensor(results[2]) : null);
        }
    }
}
