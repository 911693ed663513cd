using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

internal static partial class Operations
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Reducing = new()
    {
        ["sum"] = One(x => x.sum()),
        ["sum_int"] = One(x => x.sum()),
        ["sum_dim"] = One(x => x.sum(1)),
        ["sum_dims_keep"] = One(x => x.sum([0, 2], true)),
        ["mean"] = One(x => x.mean()),
        ["mean_dim"] = One(x => x.mean([0])),
        ["prod"] = One(x => x.prod()),
        ["prod_dim"] = One(x => x.prod(1)),
        ["std"] = One(x => x.std()),
        ["std_biased"] = One(x => x.std(1, unbiased: false)),
        ["var"] = One(x => x.var(0, keepdim: true)),
        ["norm"] = One(x => x.norm()),
        ["norm_dim"] = One(x => x.norm(1, p: 1)),
        ["logsumexp"] = One(x => x.logsumexp(1)),
        ["cumsum"] = One(x => x.cumsum(1)),
        ["cumprod"] = One(x => x.cumprod(0)),
        ["max"] = One(x => x.max()),
        ["max_dim"] = Pair(x => x.max(1)),
        ["min_dim"] = Pair(x => x.min(0, true)),
        ["amax"] = One(x => x.amax([0])),
        ["amin"] = One(x => x.amin([1], keepdim: true)),
        ["argmax"] = One(x => x.argmax()),
        ["argmax_dim"] = One(x => x.argmax(1)),
        ["argmin_dim"] = One(x => x.argmin(0)),
        ["argsort"] = One(x => x.argsort(1, true)),
        ["sort"] = Pair(x => x.sort(1)),
        ["topk"] = Pair(x => x.topk(2, 1)),
        ["kthvalue"] = Pair(x => x.kthvalue(2, 1)),
        ["median"] = One(x => x.median()),
        ["quantile"] = Two((x, q) => x.quantile(q, 1)),
        ["all"] = One(x => x.all()),
        ["any_dim"] = One(x => x.any(1)),
        ["bincount"] = One(x => x.bincount(null, 5)),
        ["unique"] = inputs => { var (values, inverse, counts) = inputs[0].unique(true, true, true); return [values, inverse!, counts!]; },
        ["unique_dim"] = One(x => x.unique(dim: 0).output),
    };
}
