using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.PInvoke;

/// <summary>Shapes and indexing: native/shapes.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor ts_reshape(Tensor a, Longs sizes);
    [LibraryImport(Library)] internal static partial Tensor ts_view(Tensor a, Longs sizes);
    [LibraryImport(Library)] internal static partial Tensor ts_expand(Tensor a, Longs sizes, Flag isImplicit);
    [LibraryImport(Library)] internal static partial Tensor ts_repeat(Tensor a, Longs sizes);
    [LibraryImport(Library)] internal static partial Tensor ts_tile(Tensor a, Longs sizes);
    [LibraryImport(Library)] internal static partial Tensor ts_broadcast_to(Tensor a, Longs sizes);
    [LibraryImport(Library)] internal static partial Tensor ts_permute(Tensor a, Longs dims);
    [LibraryImport(Library)] internal static partial Tensor ts_flip(Tensor a, Longs dims);
    [LibraryImport(Library)] internal static partial Tensor ts_roll(Tensor a, Longs shifts, Longs dims);
    [LibraryImport(Library)] internal static partial Tensor ts_flatten(Tensor a, long start, long end);
    [LibraryImport(Library)] internal static partial Tensor ts_transpose(Tensor a, long x, long y);
    [LibraryImport(Library)] internal static partial Status ts_transpose_(Tensor a, long x, long y);
    [LibraryImport(Library)] internal static partial Tensor ts_unsqueeze(Tensor a, long dim);
    [LibraryImport(Library)] internal static partial Status ts_unsqueeze_(Tensor a, long dim);
    [LibraryImport(Library)] internal static partial Tensor ts_squeeze(Tensor a, long dim, Flag hasDim);
    [LibraryImport(Library)] internal static partial Status ts_squeeze_(Tensor a, long dim, Flag hasDim);
    [LibraryImport(Library)] internal static partial Tensor ts_tril(Tensor a, long diagonal);
    [LibraryImport(Library)] internal static partial Tensor ts_triu(Tensor a, long diagonal);
    [LibraryImport(Library)] internal static partial Tensor ts_diag(Tensor a, long diagonal);
    [LibraryImport(Library)] internal static partial Tensor ts_diagonal(Tensor a, long offset, long x, long y);
    [LibraryImport(Library)] internal static partial Tensor ts_unfold(Tensor a, long dim, long size, long step);
    [LibraryImport(Library)] internal static partial Tensor ts_repeat_interleave(Tensor a, Tensor repeats, long dim, Flag hasDim);
    [LibraryImport(Library)] internal static partial Tensor ts_repeat_interleave_count(Tensor a, long repeats, long dim, Flag hasDim);
    [LibraryImport(Library)] internal static partial Tensor ts_cat(Tensors tensors, long dim);
    [LibraryImport(Library)] internal static partial Tensor ts_stack(Tensors tensors, long dim);
    [LibraryImport(Library)] internal static partial nint* ts_split(Tensor a, long size, long dim, out long count);
    [LibraryImport(Library)] internal static partial nint* ts_split_sizes(Tensor a, Longs sizes, long dim, out long count);
    [LibraryImport(Library)] internal static partial nint* ts_chunk(Tensor a, long chunks, long dim, out long count);
    [LibraryImport(Library)] internal static partial nint* ts_unbind(Tensor a, long dim, out long count);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint* ts_meshgrid(Tensors tensors, string indexing, out long count);
    [LibraryImport(Library)] internal static partial nint* ts_where_indices(Tensor condition, out long count);
    [LibraryImport(Library)] internal static partial Tensor ts_select(Tensor a, long dim, long index);
    [LibraryImport(Library)] internal static partial Tensor ts_slice(Tensor a, long dim, long start, long finish, long step);
    [LibraryImport(Library)] internal static partial Tensor ts_narrow(Tensor a, long dim, long start, long length);
    [LibraryImport(Library)] internal static partial Tensor ts_gather(Tensor a, long dim, Tensor index);
    [LibraryImport(Library)] internal static partial Tensor ts_index_select(Tensor a, long dim, Tensor index);
    [LibraryImport(Library)] internal static partial Tensor ts_index_add(Tensor a, long dim, Tensor index, Tensor source, Scalar alpha);
    [LibraryImport(Library)] internal static partial Status ts_index_add_(Tensor a, long dim, Tensor index, Tensor source, Scalar alpha);
    [LibraryImport(Library)] internal static partial Tensor ts_index_fill(Tensor a, long dim, Tensor index, Scalar value);
    [LibraryImport(Library)] internal static partial Status ts_index_fill_(Tensor a, long dim, Tensor index, Scalar value);
    [LibraryImport(Library)] internal static partial Tensor ts_take_along_dim(Tensor a, Tensor index, long dim);
    [LibraryImport(Library)] internal static partial Tensor ts_masked_scatter(Tensor a, Tensor mask, Tensor value);
    [LibraryImport(Library)] internal static partial Status ts_masked_scatter_(Tensor a, Tensor mask, Tensor value);
    [LibraryImport(Library)] internal static partial Tensor ts_scatter(Tensor a, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Tensor ts_scatter_add(Tensor a, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Tensor ts_index_copy(Tensor a, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Status ts_scatter_(Tensor a, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Status ts_scatter_add_(Tensor a, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Status ts_index_copy_(Tensor a, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Tensor ts_index(Tensor a, Index* list, long count);
    [LibraryImport(Library)] internal static partial Status ts_index_put_(Tensor a, Index* list, long count, Tensor value);
    [LibraryImport(Library)] internal static partial Status ts_index_put_scalar_(Tensor a, Index* list, long count, Scalar value);
    [LibraryImport(Library)] internal static partial Status ts_index_accumulate_(Tensor a, Tensors tensors, Tensor value);
}
