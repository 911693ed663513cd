using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Moved(CheckFloating(dtype), device);

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Moved(null, new Device(deviceType, deviceType == DeviceType.CUDA ? deviceIndex : -1));

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Moved(CheckFloating(dtype), null);

            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.dtype, non_blocking);
                return _to(other.device_type, other.device_index, non_blocking);
            }

            internal T MoveModule<T>(Device? device, ScalarType? dtype) where T : Module =>
                (T)(device is null && dtype is null ? this : Moved(dtype, device));

            // New parameters take the places of the old ones, here and in the fields that hold them: optimizers made before keep the old.
            private Module Moved(ScalarType? dtype, Device? device)
            {
                if (device is not null) InitializeDeviceType(device.type);
                foreach (var (_, child) in named_children()) child.MovedFrom(dtype, device);
                var fields = Fields().ToLookup(ComponentName);
                foreach (var (key, parameter) in _ownParameters.ToList())
                {
                    if (!WillChange(parameter, dtype, device)) continue;
                    var moved = Moved(parameter, dtype, device);
                    _ownParameters[key] = moved;
                    foreach (var field in fields[key].Where(field => ReferenceEquals(field.GetValue(this), parameter))) field.SetValue(this, moved);
                    parameter.Dispose();
                }
                foreach (var (key, (buffer, persistent)) in _buffers.ToList())
                {
                    if (!WillChange(buffer, dtype, device)) continue;
                    var moved = buffer.to(TypeFor(buffer, dtype), device ?? buffer.device).DetachFromDisposeScope();
                    _buffers[key] = (moved, persistent);
                    foreach (var field in fields[key].Where(field => ReferenceEquals(field.GetValue(this), buffer))) field.SetValue(this, moved);
                    buffer.Dispose();
                }
                ParametersMoved();
                return this;
            }

            /// <summary>For modules that hold their parameters otherwise than in fields of the parameters' names.</summary>
            private protected virtual void ParametersMoved()
            {
            }

            private void MovedFrom(ScalarType? dtype, Device? device)
            {
                if (device is null) _to(dtype!.Value, false);
                else if (dtype is null) _to(device.type, device.index, false);
                else _to(device, dtype.Value, false);
            }

            private static Parameter Moved(Parameter parameter, ScalarType? dtype, Device? device)
            {
                using var quiet = no_grad();
                var type = TypeFor(parameter, dtype);
                var place = device ?? parameter.device;
                using var gradient = parameter.grad;
                var moved = new Parameter(parameter.to(type, place), parameter.requires_grad);
                moved.DetachFromDisposeScope();
                if (gradient is not null)
                {
                    using var movedGradient = gradient.to(type, place);
                    moved.grad = movedGradient;
                }
                return moved;
            }

            private static bool WillChange(Tensor tensor, ScalarType? dtype, Device? device) =>
                TypeFor(tensor, dtype) != tensor.dtype
                || (device is not null && (device.type != tensor.device_type || (device.index >= 0 && device.index != tensor.device_index)));

            private static ScalarType TypeFor(Tensor tensor, ScalarType? dtype) =>
                dtype is { } wanted && tensor.is_floating_point() ? wanted : tensor.dtype;

            private static ScalarType CheckFloating(ScalarType dtype) =>
                is_floating_point(dtype) || is_complex(dtype)
                    ? dtype
                    : throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
        }
    }
}
