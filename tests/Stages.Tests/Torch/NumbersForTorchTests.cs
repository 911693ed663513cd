using System.Reflection;
using Pipelines.Stages.Torch;
using Pipelines.TestKit;
using TorchSharp;

namespace Pipelines.Tests.Stages.Torch;

/// <summary>
/// No number that libtorch reads may be freed meanwhile (<see cref="TensorArithmetic"/>). Whatever of TorchSharp makes an object of a
/// number, directly or in what it calls, lets go of it; so no method here may use it, but for those that hold it.
/// </summary>
public sealed class NumbersForTorchTests
{
    private static readonly string[] Makers = ["TorchSharp.Scalar.op_Implicit", "TorchSharp.ScalarExtensionMethods.ToScalar"];

    [Fact]
    public void Every_number_is_held_until_libtorch_has_read_it()
    {
        var making = Making(MethodCalls.Of(typeof(torch).Assembly.Location));
        Assert.Contains("TorchSharp.torch.Tensor.op_Addition(TorchSharp.torch.Tensor, TorchSharp.torch.Tensor)", making);

        var unheld =
            from method in MethodCalls.Of(typeof(TensorArithmetic).Assembly.Location)
            where !method.Key.StartsWith(typeof(TensorArithmetic).FullName + ".", StringComparison.Ordinal)
            from called in method.Value
            where IsMaker(called) || making.Contains(called)
            select $"{method.Key} calls {called}: take a method of {nameof(TensorArithmetic)}";

        Assert.Empty(unheld);

        // They are called through what all modules have in common.
        var modules = typeof(TensorArithmetic).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)).Select(field => field.FieldType)
            .Where(type => type.Namespace == "TorchSharp.Modules").Select(type => type.FullName).ToHashSet();
        Assert.Contains("TorchSharp.Modules.Linear", modules);
        Assert.DoesNotContain(making, method => modules.Any(
            module => method.StartsWith($"{module}.forward(", StringComparison.Ordinal)));
    }

    private static bool IsMaker(string method) => Makers.Any(maker => method.StartsWith(maker + "(", StringComparison.Ordinal));

    /// <summary>All that call one of the makers, or one that does, and so on.</summary>
    private static HashSet<string> Making(IReadOnlyDictionary<string, IReadOnlySet<string>> calls)
    {
        var callers = calls.SelectMany(method => method.Value.Select(called => (called, method.Key)))
            .ToLookup(pair => pair.called, pair => pair.Key, StringComparer.Ordinal);
        HashSet<string> making = new(StringComparer.Ordinal);
        Stack<string> open = new(callers.Select(called => called.Key).Where(IsMaker));
        while (open.TryPop(out var method))
            foreach (var caller in callers[method])
                if (!IsMaker(caller) && making.Add(caller))
                    open.Push(caller);
        return making;
    }
}
