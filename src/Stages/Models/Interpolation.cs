using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>Points on a straight way from each row, the same of all rows.</summary>
/// <param name="From">Positions x size; what is differentiated.</param>
/// <param name="Way">To the other end (positions x size).</param>
/// <param name="Shares">Where on the way: 0 is its beginning, 1 its end.</param>
internal sealed record Interpolation(Tensor From, Tensor Way, IReadOnlyList<double> Shares)
{
    public int Count => Shares.Count;

    /// <summary>
    /// The same points behind a map that keeps straight ways straight (a product plus a bias): it has to be computed for two rows a
    /// position, not for every point.
    /// </summary>
    public Interpolation Through(Func<Tensor, Tensor> map)
    {
        Tensor way;
        using (no_grad())
            way = map(Way) - map(zeros(1, Way.shape[1], dtype: Way.dtype, device: Way.device));
        return new(map(From), way, Shares);
    }

    /// <summary>Every point (positions · points x size), those of one position side by side.</summary>
    public Tensor Rows()
    {
        var shares = Numbers.Of([.. Shares.Select(share => (float)share)], [1, Count, 1], From.device);
        return From.unsqueeze(1).PlusProducts(Way.unsqueeze(1), shares).reshape(-1, From.shape[1]);
    }
}
