using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

internal static partial class Operations
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Shaping = new()
    {
        ["cat"] = Two((x, y) => cat([x, y], 1)),
        ["stack"] = Two((x, y) => stack([x, y], 1)),
        ["split"] = Many(x => x.split(3, 1)),
        ["split_sizes"] = Many(x => x.split([1, 3], 1)),
        ["chunk"] = Many(x => x.chunk(2, 1)),
        ["unbind"] = Many(x => x.unbind(0)),
        ["transpose"] = One(x => x.transpose(0, 1)),
        ["permute"] = One(x => x.permute(2, 0, 1)),
        ["reshape"] = One(x => x.reshape(2, -1)),
        ["expand"] = One(x => x.expand(3, 4)),
        ["repeat"] = One(x => x.repeat(2, 3)),
        ["repeat_interleave"] = One(x => x.repeat_interleave(2)),
        ["repeat_interleave_list"] = Two((x, r) => x.repeat_interleave(r, 0)),
        ["flip"] = One(x => x.flip(0, 1)),
        ["roll"] = One(x => x.roll(1, 1)),
        ["tril"] = One(x => x.tril(1)),
        ["triu"] = One(x => x.triu()),
        ["diag"] = One(x => x.diag()),
        ["flatten"] = One(x => x.flatten(1)),
        ["narrow"] = One(x => x.narrow(1, 1, 2)),
        ["slice"] = One(x => x.slice(1, 0, 4, 2)),
        ["unfold"] = One(x => x.unfold(0, 2, 1)),
    };
}
