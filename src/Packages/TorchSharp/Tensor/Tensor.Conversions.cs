using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor clone() => Native.ts_clone(this);

        public Tensor contiguous() => Native.ts_contiguous(this);

        public Tensor alias() => Native.ts_alias(this);

        public Tensor detach() => Native.ts_detach(this);

        public Tensor detach_() => Done(Native.ts_detach_(this));

        public Tensor to_dense() => Native.ts_to_dense(this);

        public Tensor set_(Tensor source) => Done(Native.ts_set_(this, source));

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Done(Native.ts_copy_(this, source, nonBlocking));

        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Moved(type, -1, -1, copy, disposeAfter, non_blocking);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor type(ScalarType dtype) => to(dtype);

        public Tensor to(
            DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDeviceType(deviceType);
            return Moved(null, (int)deviceType, deviceIndex, copy, disposeAfter, non_blocking);
        }

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDevice(device);
            return Moved(type, (int)device.type, device.index, copy, disposeAfter, non_blocking);
        }

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(device.type, device.index, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor @bool() => to(ScalarType.Bool);

        public Tensor @byte() => to(ScalarType.Byte);

        public Tensor @char() => to(ScalarType.Int8);

        public Tensor @short() => to(ScalarType.Int16);

        public Tensor @int() => to(ScalarType.Int32);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor half() => to(ScalarType.Float16);

        public Tensor bfloat16() => to(ScalarType.BFloat16);

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>The only value as a scalar of the tensor's kind.</summary>
        public Scalar ToScalar()
        {
            if (NumberOfElements != 1) throw new InvalidOperationException("The tensor must have exactly one element.");
            using var wide = Wide();
            return wide.dtype switch
            {
                ScalarType.Bool => wide.item<bool>(),
                ScalarType.Int64 => wide.item<long>(),
                _ => wide.item<double>(),
            };
        }

        private Tensor Moved(ScalarType? type, int device, int index, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var result = Native.ts_to(this, type, device, index, nonBlocking, copy);
            if (disposeAfter) Dispose();
            return result;
        }

        // A copy as bool, int64 or float64, whichever holds the values.
        private Tensor Wide()
        {
            var kind = dtype;
            ScalarType wide = kind == ScalarType.Bool ? kind : torch.is_integral(kind) ? ScalarType.Int64 : ScalarType.Float64;
            return Native.ts_to(this, wide, (int)DeviceType.CPU, -1, false, true).DetachFromDisposeScope();
        }
    }
}
