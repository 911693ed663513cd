using TorchSharp.PInvoke;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        if (tensors.Count == 1) return tensors[0].alias();
        if (tensors.Count == 0) throw new ArgumentException("There must be at least one tensor.", nameof(tensors));
        using var list = new Handles(tensors);
        return Native.ts_cat(list.List, dim);
    }

    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((IList<Tensor>)tensors, dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        using var list = new Handles(tensors);
        return Native.ts_stack(list.List, dim);
    }

    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        using var list = new Handles(tensors);
        return Native.ts_einsum(equation, list.List);
    }

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        using var list = new Handles(tensors);
        return Native.TakeList(Native.ts_meshgrid(list.List, indexing, out var count), count);
    }

    /// <summary>The positions where the condition holds, one tensor per dimension.</summary>
    public static Tensor[] where(Tensor condition) => Native.TakeList(Native.ts_where_indices(condition, out var count), count);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) => input.gather(dim, index);

    public static bool is_tensor(object obj) => obj is Tensor;

    public static long numel(Tensor input) => input.numel();

    /// <summary>Writes the tensor in libtorch's own format.</summary>
    public static void save(Tensor t, string location) => t.save(location);

    public static Tensor load(string location) => Tensor.load(location);
}
