using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pipelines.Tests.Packages.Torch;

internal static partial class Operations
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Networks = new()
    {
        ["linear"] = Three((x, w, b) => F.linear(x, w, b)),
        ["embedding"] = Two((i, w) => nn.Embedding_from_pretrained(w).call(i)),
        ["layer_norm"] = Three((x, w, b) => F.layer_norm(x, [4], w, b)),
        ["conv1d"] = Three((x, w, b) => F.conv1d(x, w, b, 2, 1)),
        ["conv1d_same"] = Two((x, w) => F.conv1d_padding(x, w, padding: Padding.Same)),
        ["max_pool1d"] = One(x => F.max_pool1d(x, 3, 2)),
        ["max_pool1d_with_indices"] = Pair(x => F.max_pool1d_with_indices(x, 2)),
        ["avg_pool1d"] = One(x => F.avg_pool1d(x, 3, 2, 1)),
        ["adaptive_avg_pool1d"] = One(x => F.adaptive_avg_pool1d(x, 3)),
        ["pad"] = One(x => F.pad(x, (1, 2), value: 5.0)),
        ["pad_reflect"] = One(x => F.pad(x, (2, 1), PaddingModes.Reflect)),
        ["normalize"] = One(x => F.normalize(x, dim: 1)),
        ["attention"] = Three((q, k, v) => F.scaled_dot_product_attention(q, k, v)),
        ["attention_causal"] = Three((q, k, v) => F.scaled_dot_product_attention(q, k, v, is_casual: true)),
    };
}
