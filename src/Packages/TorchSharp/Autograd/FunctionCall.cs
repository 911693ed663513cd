using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace TorchSharp.PInvoke;

/// <summary>
/// One application of a function written in C#. The graph's node owns it: it is released when the last tensor that needs the node
/// goes, on whatever thread that happens.
/// </summary>
internal sealed unsafe class FunctionCall : IDisposable
{
    private readonly AutogradContext _context = new();
    private readonly Func<AutogradContext, List<Tensor>, List<Tensor>> _backward;
    private readonly string _name;
    private readonly bool[] _isTensor;
    private Func<AutogradContext, object[], List<Tensor>>? _forward;
    private object[]? _arguments;

    static FunctionCall() => Native.ts_function_callbacks(new FunctionCallbacks(&Forward, &Backward, &Release));

    private FunctionCall(
        Func<AutogradContext, object[], List<Tensor>> forward,
        Func<AutogradContext, List<Tensor>, List<Tensor>> backward,
        string name,
        object[] arguments)
    {
        _forward = forward;
        _backward = backward;
        _name = name;
        _arguments = arguments;
        _isTensor = Array.ConvertAll(arguments, argument => argument is Tensor { IsInvalid: false });
    }

    public static List<Tensor> Run(
        Func<AutogradContext, object[], List<Tensor>> forward,
        Func<AutogradContext, List<Tensor>, List<Tensor>> backward,
        string name,
        object[] arguments)
    {
        var call = new FunctionCall(forward, backward, name, arguments);
        using var inputs = new Handles(arguments.Where((_, i) => call._isTensor[i]).Cast<Tensor>());
        var results = Native.ts_function_apply(inputs.List, (void*)GCHandle.ToIntPtr(GCHandle.Alloc(call)), out var count);
        return [.. Native.TakeListWithGaps(results, count)];
    }

    public void Dispose() => _context.Dispose();

    [UnmanagedCallersOnly]
    private static int Forward(void* state, void* context, nint** outputs, long* count)
    {
        try
        {
            var call = Of(state);
            call._context.Bind(context);
            var results = call._forward!(call._context, call._arguments!);
            // The node lives on in the graph; what forward was given must not live on with it.
            call._forward = null;
            call._arguments = null;
            Give(results, outputs, count);
            return 0;
        }
#pragma warning disable CA1031 // An exception must not pass through native frames: it goes on as the native error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Native.ts_set_error(exception.Message);
            return 1;
        }
    }

    [UnmanagedCallersOnly]
    private static int Backward(void* state, nint* gradients, long count, nint** outputs, long* outputCount)
    {
        try
        {
            var call = Of(state);
            var given = new List<Tensor>((int)count);
            for (var i = 0; i < count; i++) given.Add(gradients[i] == 0 ? null! : new Tensor(gradients[i]));
            Give(call.Selected(call._backward(call._context, given)), outputs, outputCount);
            return 0;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Native.ts_set_error(exception.Message);
            return 1;
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(void* state)
    {
        var handle = GCHandle.FromIntPtr((nint)state);
        ((FunctionCall)handle.Target!).Dispose();
        handle.Free();
    }

    private static FunctionCall Of(void* state) => (FunctionCall)GCHandle.FromIntPtr((nint)state).Target!;

    // The gradients of the arguments that are tensors, after the checks the real package makes.
    private List<Tensor> Selected(List<Tensor> gradients)
    {
        if (gradients.Count > _isTensor.Length && gradients.Skip(_isTensor.Length).All(Missing)) gradients = gradients[.._isTensor.Length];
        if (gradients.Count != _isTensor.Length)
            throw new NotImplementedException($"Function {_name} returned an incorrect number of gradients (expected {_isTensor.Length}), got {gradients.Count}");
        var misplaced = Enumerable.Range(0, gradients.Count).FirstOrDefault(i => !_isTensor[i] && !Missing(gradients[i]), -1);
        if (misplaced >= 0)
            throw new NotImplementedException($"Function {_name} returned a gradient different that is defined at position {misplaced + 1}, but the corresponding forward input was not a Tensor");
        return gradients.Where((_, i) => _isTensor[i]).ToList();
    }

    private static bool Missing(Tensor? tensor) => tensor is null || tensor.IsInvalid;

    // Native code takes over the array and the handles in it, which are new ones.
    private static void Give(List<Tensor> tensors, nint** list, long* count)
    {
        using var handles = new Handles(tensors.Select(tensor => Missing(tensor) ? null : tensor));
        Native.ts_give(handles.List, list).Check();
        *count = tensors.Count;
    }
}

/// <summary>The managed entry points, in the layout of the native Managed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct FunctionCallbacks(
    delegate* unmanaged<void*, void*, nint**, long*, int> forward,
    delegate* unmanaged<void*, nint*, long, nint**, long*, int> backward,
    delegate* unmanaged<void*, void> release)
{
    private readonly delegate* unmanaged<void*, void*, nint**, long*, int> _forward = forward;
    private readonly delegate* unmanaged<void*, nint*, long, nint**, long*, int> _backward = backward;
    private readonly delegate* unmanaged<void*, void> _release = release;
}
