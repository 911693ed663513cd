using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.PInvoke;

/// <summary>Handles, errors, threads, random state, devices, storage: native/runtime.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library), SuppressGCTransition] internal static partial byte* ts_last_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void ts_set_error(string message);
    [LibraryImport(Library)] internal static partial void ts_free(void* memory);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_live_handles();
    [LibraryImport(Library)] internal static partial byte* ts_version();
    [LibraryImport(Library)] internal static partial void ts_dispose(nint handle);
    [LibraryImport(Library)] internal static partial int ts_get_num_threads();
    [LibraryImport(Library)] internal static partial Status ts_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int ts_get_num_interop_threads();
    [LibraryImport(Library)] internal static partial Status ts_set_num_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int ts_cuda_is_available();
    [LibraryImport(Library)] internal static partial int ts_cuda_device_count();
    [LibraryImport(Library)] internal static partial Status ts_cuda_synchronize(long device);
    [LibraryImport(Library)] internal static partial Status ts_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial nint ts_generator_default();
    [LibraryImport(Library)] internal static partial nint ts_generator_new(ulong seed);
    [LibraryImport(Library)] internal static partial void ts_generator_dispose(nint generator);
    [LibraryImport(Library)] internal static partial Status ts_generator_manual_seed(nint generator, long seed);
    [LibraryImport(Library)] internal static partial long ts_generator_seed(nint generator);
    [LibraryImport(Library)] internal static partial long ts_generator_initial_seed(nint generator);
    [LibraryImport(Library)] internal static partial Tensor ts_generator_get_state(nint generator);
    [LibraryImport(Library)] internal static partial Status ts_generator_set_state(nint generator, Tensor state);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_ndim(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_numel(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_element_size(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_storage_offset(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_dtype(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_device_type(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_device_index(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_is_contiguous(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_is_sparse(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_requires_grad(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_is_leaf(Tensor a);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Status ts_size(Tensor a, long dim, out long value);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Status ts_stride(Tensor a, long dim, out long value);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Status ts_sizes(Tensor a, long* values);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Status ts_strides(Tensor a, long* values);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void* ts_data(Tensor a);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial Status ts_save(Tensor a, string path);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial Tensor ts_load(string path);
    [LibraryImport(Library)] internal static partial nint ts_same(Tensor a);
}
