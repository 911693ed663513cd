using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Pipelines.Tests.Packages.Torch;

internal static partial class Operations
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Losses = new()
    {
        ["cross_entropy"] = Two((x, t) => F.cross_entropy(x, t)),
        ["cross_entropy_weighted"] = Three((x, t, w) => F.cross_entropy(x, t, w, label_smoothing: 0.1)),
        ["cross_entropy_ignore"] = Two((x, t) => F.cross_entropy(x, t, ignore_index: 0, reduction: Reduction.Sum)),
        ["cross_entropy_none"] = Two((x, t) => F.cross_entropy(x, t, reduction: Reduction.None)),
        ["cross_entropy_sequence"] = Two((x, t) => CrossEntropyLoss().call(x, t)),
        ["nll_loss"] = Three((x, t, w) => F.nll_loss(x, t, w)),
        ["binary_cross_entropy"] = Two((x, t) => BCELoss().call(x, t)),
        ["binary_cross_entropy_with_logits"] = Three((x, t, p) => F.binary_cross_entropy_with_logits(x, t, pos_weights: p)),
        ["mse_loss"] = Two((x, y) => MSELoss().call(x, y)),
        ["l1_loss"] = Two((x, y) => F.l1_loss(x, y, Reduction.Sum)),
        ["smooth_l1_loss"] = Two((x, y) => F.smooth_l1_loss(x, y)),
        ["kl_div"] = Two((x, y) => F.kl_div(x, y)),
    };
}
