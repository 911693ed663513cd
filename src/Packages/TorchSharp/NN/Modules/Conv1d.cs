using TorchSharp.Modules;
using TorchSharp.PInvoke;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp
{
    /// <summary>What stands beyond the edge of a padded tensor.</summary>
    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
        Constant = 4,
    }

    /// <summary>No padding, or as much as keeps the length.</summary>
    public enum Padding
    {
        Valid = 0,
        Same = 1,
    }

    namespace Modules
    {
        /// <summary>A convolution: weight (out, in / groups, kernel).</summary>
        public abstract class Convolution : nn.Module<Tensor, Tensor>
        {
            [ComponentName(Name = nameof(weight))]
            private readonly Parameter _weight;

            [ComponentName(Name = nameof(bias))]
            private readonly Parameter? _bias;

            private protected Convolution(string name, long channels, long[] shape, bool bias, Device? device, ScalarType? dtype)
                : base(name)
            {
                in_channels = channels;
                out_channels = shape[0];
                _weight = new Parameter(empty(shape, dtype, device));
                _weight.DetachFromDisposeScope();
                register_parameter(nameof(weight), _weight);
                nn.init.kaiming_uniform_(_weight, Math.Sqrt(5));
                if (!bias) return;
                _bias = new Parameter(empty(out_channels, dtype, device));
                _bias.DetachFromDisposeScope();
                register_parameter(nameof(this.bias), _bias);
                var fan = shape.Skip(1).TotalSize();
                if (fan != 0) nn.init.uniform_(_bias, -1 / Math.Sqrt(fan), 1 / Math.Sqrt(fan));
            }

            public long in_channels { get; }

            public long out_channels { get; }

            public Parameter weight => _weight;

            public Parameter? bias => _bias;
        }

        /// <summary>Slides kernels along the last dimension of (batch, channels, length).</summary>
        public sealed class Conv1d : Convolution
        {
            private readonly long _kernel;
            private readonly long _stride;
            private readonly long? _padding;
            private readonly long _dilation;
            private readonly long _groups;
            private readonly PaddingModes _mode;

            internal Conv1d(
                long inChannels,
                long outChannels,
                long kernel,
                long stride,
                long? padding,
                long dilation,
                PaddingModes mode,
                long groups,
                bool bias,
                Device? device,
                ScalarType? dtype)
                : base(nameof(Conv1d), inChannels, [outChannels, inChannels / groups, kernel], bias, device, dtype)
            {
                if (padding is null && stride != 1) throw new ArgumentException("padding='same' is not supported for strided convolutions");
                (_kernel, _stride, _padding, _dilation, _groups, _mode) = (kernel, stride, padding, dilation, groups, mode);
            }

            public override Tensor forward(Tensor input)
            {
                var dims = input.ndim;
                if (!(dims == 3 && input.size(1) == in_channels) && !(dims == 2 && input.size(0) == in_channels))
                    throw new ArgumentException($"Expected 2D (unbatched) or 3D (batched) input with {in_channels} channels to Conv1d.");
                if (_mode == PaddingModes.Zeros)
                    return _padding is { } fixedPadding
                        ? nn.functional.conv1d(input, weight, bias, _stride, fixedPadding, _dilation, _groups)
                        : nn.functional.conv1d_padding(input, weight, bias, _stride, Padding.Same, _dilation, _groups);
                var total = _dilation * (_kernel - 1);
                using var padded = nn.functional.pad(input, (_padding ?? total / 2, _padding ?? total - total / 2), _mode);
                return nn.functional.conv1d(padded, weight, bias, _stride, 0, _dilation, _groups);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, dilation, padding_mode, groups, bias, device, dtype);

            public static Conv1d Conv1d(
                long in_channels,
                long out_channels,
                long kernel_size,
                Padding padding,
                long stride = 1,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding == Padding.Valid ? 0 : null, dilation, padding_mode, groups, bias, device, dtype);

            public static partial class functional
            {
                public static Tensor conv1d(
                    Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                    Native.ts_conv1d(input, weight, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups);

                public static Tensor conv1d_padding(
                    Tensor input,
                    Tensor weight,
                    Tensor? bias = null,
                    long? stride = null,
                    Padding padding = Padding.Valid,
                    long? dilation = null,
                    long groups = 1) =>
                    padding == Padding.Valid
                        ? Native.ts_conv1d(input, weight, bias, stride ?? 1, 0, dilation ?? 1, groups)
                        : Native.ts_conv1d_same(input, weight, bias, stride ?? 1, dilation ?? 1, groups);

                public static unsafe Tensor pad(
                    Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                {
                    var name = mode switch
                    {
                        PaddingModes.Reflect => "reflect",
                        PaddingModes.Replicate => "replicate",
                        PaddingModes.Circular => "circular",
                        _ => "constant",
                    };
                    fixed (long* p = pad) return Native.ts_pad(input, new Longs(p, pad.Length), name, mode == PaddingModes.Zeros ? 0 : value);
                }

                public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                    functional.pad(input, (ReadOnlySpan<long>)pad, mode, value);

                public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                    functional.pad(input, (ReadOnlySpan<long>)[pad.Item1, pad.Item2], mode, value);

                public static Tensor pad(
                    Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                    functional.pad(input, (ReadOnlySpan<long>)[pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);
            }
        }
    }
}
