using TorchSharp;

namespace Pipelines.Stages.Torch;

/// <summary>The floats of a contiguous 32-bit tensor on the CPU, in place.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Valid as long as the tensor lives.</summary>
    public static float* Floats(this torch.Tensor tensor)
    {
        fixed (byte* start = tensor.bytes)
            return (float*)start;
    }

    public static float* FloatsOrNull(this torch.Tensor? tensor) => tensor is null ? null : tensor.Floats();
}
