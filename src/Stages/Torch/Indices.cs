using TorchSharp;

namespace Pipelines.Stages.Torch;

/// <summary>Whole numbers as an index tensor.</summary>
internal static class Indices
{
    public static torch.Tensor Of(ReadOnlySpan<int> values, torch.Device device)
    {
        var wide = new long[values.Length];
        for (var i = 0; i < wide.Length; i++)
            wide[i] = values[i];
        return torch.tensor(wide, device: device);
    }

    public static torch.Tensor Range(int start, int count, torch.Device device) =>
        torch.tensor(Array.ConvertAll([.. Enumerable.Range(start, count)], value => (long)value), device: device);
}
