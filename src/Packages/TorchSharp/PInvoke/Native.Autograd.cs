using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp.PInvoke;

/// <summary>Gradients, gradient modes, functions written in C#: native/autograd.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_grad_enabled();
    [LibraryImport(Library)] internal static partial void ts_set_grad_enabled(Flag enabled);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_inference_mode_enabled();
    [LibraryImport(Library)] internal static partial void* ts_inference_mode_enter(Flag enabled);
    [LibraryImport(Library)] internal static partial void ts_inference_mode_leave(void* guard);
    [LibraryImport(Library)] internal static partial int ts_anomaly_enabled();
    [LibraryImport(Library)] internal static partial int ts_anomaly_should_check_nan();
    [LibraryImport(Library)] internal static partial void ts_set_anomaly(Flag enabled, Flag checkNan);
    [LibraryImport(Library)] internal static partial Status ts_set_requires_grad(Tensor a, Flag requiresGrad);
    [LibraryImport(Library)] internal static partial Status ts_retain_grad(Tensor a);
    [LibraryImport(Library)] internal static partial nint ts_grad(Tensor a);
    [LibraryImport(Library)] internal static partial Status ts_set_grad(Tensor a, [MarshalUsing(typeof(OptionalTensor))] Tensor? gradient);
    [LibraryImport(Library)] internal static partial Status ts_backward(Tensors tensors, Tensors gradients, Flag retainGraph, Flag createGraph, Tensors inputs);
    [LibraryImport(Library)] internal static partial nint* ts_autograd_grad(Tensors outputs, Tensors inputs, Tensors gradients, Flag retainGraph, Flag createGraph, Flag allowUnused, out long count);
    [LibraryImport(Library)] internal static partial void ts_function_callbacks(FunctionCallbacks callbacks);
    [LibraryImport(Library)] internal static partial nint* ts_function_apply(Tensors inputs, void* state, out long count);
    [LibraryImport(Library)] internal static partial Status ts_context_save(void* context, Tensors tensors);
    [LibraryImport(Library)] internal static partial nint* ts_context_saved(void* context, out long count);
    [LibraryImport(Library)] internal static partial Status ts_context_mark_dirty(void* context, Tensors tensors);
    [LibraryImport(Library)] internal static partial Status ts_context_mark_non_differentiable(void* context, Tensors tensors);
    [LibraryImport(Library)] internal static partial void ts_context_materialize(void* context, Flag value);
    [LibraryImport(Library)] internal static partial Status ts_give(Tensors tensors, nint** list);
}
