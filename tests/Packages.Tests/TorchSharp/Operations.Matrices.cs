using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

internal static partial class Operations
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Multiplying = new()
    {
        ["mm"] = Two((x, y) => x.mm(y)),
        ["matmul_batched"] = Two((x, y) => x.matmul(y)),
        ["bmm"] = Two((x, y) => x.bmm(y)),
        ["mv"] = Two((x, y) => x.mv(y)),
        ["dot"] = Two((x, y) => x.dot(y)),
        ["outer"] = Two((x, y) => x.outer(y)),
        ["addmm"] = Three((x, y, z) => x.addmm(y, z, beta: 0.5f, alpha: 2f)),
        ["baddbmm"] = Three((x, y, z) => x.baddbmm(y, z)),
        ["einsum"] = Two((x, y) => einsum("bij,ijk->bk", x, y)),
        ["inverse"] = One(x => x.inverse()),
    };
}
