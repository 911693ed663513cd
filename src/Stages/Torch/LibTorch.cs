using TorchSharp;

namespace Pipelines.Stages.Torch;

/// <summary>The tensor library itself; asking it anything loads it.</summary>
public static class LibTorch
{
    /// <exception cref="DllNotFoundException">The native library is not there.</exception>
    public static int Threads() => torch.get_num_threads();
}
