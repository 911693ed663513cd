using TorchSharp;

namespace Pipelines.Stages.Torch;

/// <summary>Floats as a tensor.</summary>
internal static unsafe class Numbers
{
    /// <summary>
    /// A copy in memory of libtorch, which starts at a multiple of 64 bytes. <c>torch.tensor</c> would borrow the array, which lies
    /// elsewhere in every process, and a product with a vector adds in an order that depends on where its operands start: equal seeds
    /// would give other bytes.
    /// </summary>
    public static torch.Tensor Of(ReadOnlySpan<float> values, long[] shape, torch.Device? device = null)
    {
        var result = torch.empty(shape, dtype: torch.ScalarType.Float32);
        if (result.NumberOfElements != values.Length)
            throw new ArgumentException($"{values.Length} numbers do not fill a tensor of {string.Join(" x ", shape)}.");
        if (values.Length > 0)
            values.CopyTo(new(result.Floats(), values.Length));
        if (device is null || device.type == DeviceType.CPU)
            return result;
        using (result)
            return result.to(device);
    }
}
