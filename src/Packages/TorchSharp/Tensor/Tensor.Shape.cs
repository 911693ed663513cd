using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor reshape(params long[] shape)
        {
            fixed (long* p = shape) return Native.ts_reshape(this, new Longs(p, shape.Length));
        }

        public Tensor view(params long[] shape)
        {
            fixed (long* p = shape) return Native.ts_view(this, new Longs(p, shape.Length));
        }

        public Tensor view_as(Tensor other) => Native.ts_view_as(this, other);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false)
        {
            fixed (long* p = sizes) return Native.ts_expand(this, new Longs(p, sizes.Length), isImplicit);
        }

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes);

        public Tensor expand_as(Tensor other) => Native.ts_expand_as(this, other);

        public Tensor broadcast_to(params long[] shape)
        {
            fixed (long* p = shape) return Native.ts_broadcast_to(this, new Longs(p, shape.Length));
        }

        public Tensor repeat(params long[] sizes)
        {
            fixed (long* p = sizes) return Native.ts_repeat(this, new Longs(p, sizes.Length));
        }

        public Tensor tile(long[] reps)
        {
            fixed (long* p = reps) return Native.ts_tile(this, new Longs(p, reps.Length));
        }

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Native.ts_repeat_interleave(this, repeats, dim ?? 0, dim.HasValue);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Native.ts_repeat_interleave_count(this, repeats, dim ?? 0, dim.HasValue);

        public Tensor permute(params long[] permutation)
        {
            fixed (long* p = permutation) return Native.ts_permute(this, new Longs(p, permutation.Length));
        }

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor flip(params long[] dims)
        {
            fixed (long* p = dims) return Native.ts_flip(this, new Longs(p, dims.Length));
        }

        public Tensor roll(long shifts, long? dims = null) =>
            dims is { } dim ? roll((ReadOnlySpan<long>)[shifts], [dim]) : roll((ReadOnlySpan<long>)[shifts]);

        public Tensor roll(long[] shifts, long[] dims) => roll((ReadOnlySpan<long>)shifts, dims);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default)
        {
            fixed (long* p = shifts, q = dims) return Native.ts_roll(this, new Longs(p, shifts.Length), new Longs(q, dims.Length));
        }

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Native.ts_flatten(this, start_dim, end_dim);

        public Tensor ravel() => flatten();

        public Tensor transpose(long dim0, long dim1) => Native.ts_transpose(this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => Done(Native.ts_transpose_(this, dim0, dim1));

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor t() => Native.ts_t(this);

        public Tensor T => permute(Enumerable.Range(0, (int)ndim).Reverse().Select(i => (long)i));

        public Tensor mT => transpose(-2, -1);

        public Tensor unsqueeze(long dim) => Native.ts_unsqueeze(this, dim);

        public Tensor unsqueeze_(long dim) => Done(Native.ts_unsqueeze_(this, dim));

        public Tensor squeeze(long? dim = null) => Native.ts_squeeze(this, dim ?? 0, dim.HasValue);

        public Tensor squeeze_(long? dim = null) => Done(Native.ts_squeeze_(this, dim ?? 0, dim.HasValue));

        public Tensor unfold(long dimension, long size, long step) => Native.ts_unfold(this, dimension, size, step);

        public Tensor tril(long diagonal = 0) => Native.ts_tril(this, diagonal);

        public Tensor triu(long diagonal = 0) => Native.ts_triu(this, diagonal);

        public Tensor diag(long diagonal = 0) => Native.ts_diag(this, diagonal);

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Native.ts_diagonal(this, offset, dim1, dim2);

        public Tensor[] split(long size, int dim = 0) => Native.TakeList(Native.ts_split(this, size, dim, out var count), count);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0)
        {
            fixed (long* p = sizes) return Native.TakeList(Native.ts_split_sizes(this, new Longs(p, sizes.Length), dim, out var count), count);
        }

        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);

        public Tensor[] split(params long[] sizes) => split((ReadOnlySpan<long>)sizes);

        public Tensor[] chunk(long chunks, long dim = 0L) => Native.TakeList(Native.ts_chunk(this, chunks, dim, out var count), count);

        public Tensor[] unbind(long dimension = 0L) => Native.TakeList(Native.ts_unbind(this, dimension, out var count), count);
    }
}
