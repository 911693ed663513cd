using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp.PInvoke;

/// <summary>A tensor crosses as its handle, is kept alive during the call, and a null result becomes an exception.</summary>
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    internal ref struct In
    {
        private torch.Tensor _tensor;

        public void FromManaged(torch.Tensor tensor) => _tensor = tensor;

        public readonly nint ToUnmanaged() => _tensor.Handle;

        public readonly void Free() => GC.KeepAlive(_tensor);
    }

    internal static class Out
    {
        public static torch.Tensor ConvertToManaged(nint handle) => handle == 0 ? throw Native.Error() : new torch.Tensor(handle);
    }
}

/// <summary>A tensor that may be missing: null crosses as a null handle.</summary>
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class OptionalTensor
{
    internal ref struct In
    {
        private torch.Tensor? _tensor;

        public void FromManaged(torch.Tensor? tensor) => _tensor = tensor;

        public readonly nint ToUnmanaged() => _tensor is null ? 0 : _tensor.Handle;

        public readonly void Free() => GC.KeepAlive(_tensor);
    }
}

/// <summary>A scalar crosses by value.</summary>
[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(ScalarMarshaller))]
internal static class ScalarMarshaller
{
    public static Number ConvertToUnmanaged(Scalar scalar) => scalar.Value;
}

/// <summary>A scalar that may be missing: null crosses as an absent number.</summary>
[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(OptionalScalar))]
internal static class OptionalScalar
{
    public static Number ConvertToUnmanaged(Scalar? scalar) => scalar?.Value ?? Number.Absent;
}
