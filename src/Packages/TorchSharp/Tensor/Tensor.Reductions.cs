using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Native.ts_sum(this, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dim) return Native.ts_sum_dims(this, new Longs(p, dim.Length), keepdim, type);
        }

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            sum((ReadOnlySpan<long>)[dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum((ReadOnlySpan<long>)[dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Native.ts_mean(this, (ScalarType?)null);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dimensions) return Native.ts_mean_dims(this, new Longs(p, dimensions.Length), keepdim, type);
        }

        public Tensor prod(ScalarType? type = null) => Native.ts_prod(this, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Native.ts_prod_dim(this, dim, keepdim, type);

        public Tensor nansum() => Native.ts_nansum(this);

        public Tensor all() => Native.ts_all(this);

        public Tensor all(long dim, bool keepdim = false) => Native.ts_all_dim(this, dim, keepdim);

        public Tensor any() => Native.ts_any(this);

        public Tensor any(long dim, bool keepdim = false) => Native.ts_any_dim(this, dim, keepdim);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null)
        {
            fixed (long* p = dims) return Into(@out, Native.ts_amax(this, new Longs(p, dims.Length), keepdim));
        }

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => amax((ReadOnlySpan<long>)dims, keepdim, @out);

        public Tensor amax(params long[] dims) => amax((ReadOnlySpan<long>)dims);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null)
        {
            fixed (long* p = dims) return Into(@out, Native.ts_amin(this, new Longs(p, dims.Length), keepdim));
        }

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => amin((ReadOnlySpan<long>)dims, keepdim, @out);

        public Tensor amin(params long[] dims) => amin((ReadOnlySpan<long>)dims);

        public Tensor argmax() => Native.ts_argmax(this, 0, false, false);

        public Tensor argmax(long dim, bool keepdim = false) => Native.ts_argmax(this, dim, true, keepdim);

        public Tensor argmin() => Native.ts_argmin(this, 0, false, false);

        public Tensor argmin(long dim, bool keepdim = false) => Native.ts_argmin(this, dim, true, keepdim);

        public Tensor argsort(long dim = -1, bool descending = false) => Native.ts_argsort(this, dim, descending);

        public Tensor max() => Native.ts_max(this);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            Native.ts_max_dim(this, dim, keepdim, out var values, out var indexes).Check();
            return (values, indexes);
        }

        public Tensor min() => Native.ts_min(this);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            Native.ts_min_dim(this, dim, keepdim, out var values, out var indexes).Check();
            return (values, indexes);
        }

        public Tensor median() => Native.ts_median(this);

        public (Tensor values, Tensor indices) mode(long dim = -1L, bool keepdim = false)
        {
            Native.ts_mode(this, dim, keepdim, out var values, out var indices).Check();
            return (values, indices);
        }

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false)
        {
            Native.ts_kthvalue(this, k, dim ?? -1, keepdim, out var values, out var indices).Check();
            return (values, indices);
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            Native.ts_topk(this, k, dim, largest, sorted, out var values, out var indexes).Check();
            return (values, indexes);
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            Native.ts_sort(this, dim, descending, stable, out var values, out var indices).Check();
            return (values, indices);
        }

        public Tensor cumsum(long dim, ScalarType? type = null) => Native.ts_cumsum(this, dim, type);

        public Tensor cumprod(long dim, ScalarType? type = null) => Native.ts_cumprod(this, dim, type);

        public Tensor logsumexp(long dim, bool keepdim = false) => Native.ts_logsumexp(this, dim, keepdim);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Native.ts_quantile(this, q, dim, keepdim);

        public Tensor norm(float p = 2.0f) => Native.ts_norm(this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Native.ts_norm_dim(this, dim, keepdim, p);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Native.ts_bincount(this, weights, minlength);

        // Values asked for in a tensor of the caller are copied there.
        private static Tensor Into(Tensor? target, Tensor result)
        {
            if (target is null) return result;
            using (result) return target.copy_(result);
        }
    }
}
