using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

internal static partial class Operations
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Indexing = new()
    {
        ["gather"] = Two((x, i) => x.gather(1, i)),
        ["take"] = Two((x, i) => x.take(i)),
        ["index_select"] = Two((x, i) => x.index_select(0, i)),
        ["index_add"] = Three((x, i, s) => x.index_add(0, i, s, 2)),
        ["index_copy"] = Three((x, i, s) => x.index_copy(0, i, s)),
        ["index_fill"] = Two((x, i) => x.index_fill(1, i, 7.0)),
        ["scatter"] = Three((x, i, s) => x.scatter(1, i, s)),
        ["scatter_add"] = Three((x, i, s) => x.scatter_add(1, i, s)),
        ["nonzero"] = One(x => x.nonzero()),
        ["index_tensor"] = Three((x, i, j) => x[i, j]),
        ["index_mixed"] = One(x => x[TensorIndex.Ellipsis, TensorIndex.None, TensorIndex.Slice(1, 3)]),
        ["one_hot"] = One(x => nn.functional.one_hot(x, 4)),
    };
}
