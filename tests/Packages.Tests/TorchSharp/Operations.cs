using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

/// <summary>The call in C# for each case of the fixture.</summary>
internal static partial class Operations
{
    // The groups are initialized in other files, in no given order: they are joined at the first use.
    private static Dictionary<string, Func<Tensor[], Tensor[]>>? _byName;

    public static IReadOnlyDictionary<string, Func<Tensor[], Tensor[]>> ByName => _byName ??=
        new[] { Pointwise, Reducing, Shaping, Indexing, Multiplying, Networks, Losses, Recurrent, Optimizing }
            .SelectMany(group => group).ToDictionary();

    private static Func<Tensor[], Tensor[]> One(Func<Tensor, Tensor> call) => inputs => [call(inputs[0])];

    private static Func<Tensor[], Tensor[]> Two(Func<Tensor, Tensor, Tensor> call) => inputs => [call(inputs[0], inputs[1])];

    private static Func<Tensor[], Tensor[]> Three(Func<Tensor, Tensor, Tensor, Tensor> call) =>
        inputs => [call(inputs[0], inputs[1], inputs[2])];

    private static Func<Tensor[], Tensor[]> Pair(Func<Tensor, (Tensor, Tensor)> call) => inputs =>
    {
        var (first, second) = call(inputs[0]);
        return [first, second];
    };

    private static Func<Tensor[], Tensor[]> Many(Func<Tensor, Tensor[]> call) => inputs => call(inputs[0]);
}
