using TorchSharp.PInvoke;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The values as .NET numbers of exactly the tensor's type; an ArgumentException for another type.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The only value; an ArgumentException where there are several or the type is another.</summary>
        public T item<T>() where T : unmanaged =>
            NumberOfElements == 1 ? data<T>()[0] : throw new ArgumentException("Number of elements in the tensor must be 1");

        /// <summary>The memory of a contiguous tensor on the CPU.</summary>
        public Span<byte> bytes
        {
            get
            {
                if (device_type != DeviceType.CPU) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                var total = NumberOfElements * ElementSize;
                if (total > int.MaxValue) throw new ArgumentException("'T' is too large for Span<byte>.");
                if (!is_contiguous()) throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                return new Span<byte>(DataPointer(), (int)total);
            }

            set
            {
                if (!is_contiguous()) throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                if (NumberOfElements * ElementSize != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(new Span<byte>(DataPointer(), value.Length));
            }
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[i];

        public double ReadCpuDouble(long i) => data<double>()[i];

        public float ReadCpuSingle(long i) => data<float>()[i];

        public int ReadCpuInt32(long i) => data<int>()[i];

        public long ReadCpuInt64(long i) => data<long>()[i];

        public bool ReadCpuBool(long i) => data<bool>()[i];

        /// <summary>Writes the raw values in order of the indices, little-endian.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            using var plain = Plain();
            long total = plain.NumberOfElements * plain.ElementSize;
            var start = (byte*)plain.DataPointer();
            for (long done = 0; done < total; done += Block)
                stream.Write(new ReadOnlySpan<byte>(start + done, (int)Math.Min(Block, total - done)));
        }

        /// <summary>Reads the raw values that <see cref="WriteBytesToStream"/> wrote; an EndOfStreamException where there are too few.</summary>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            if (!is_contiguous()) throw new InvalidOperationException("ReadBytesFromStream() called on non-contiguous tensor.");
            using var plain = Plain();
            long total = plain.NumberOfElements * plain.ElementSize;
            var start = (byte*)plain.DataPointer();
            for (long done = 0; done < total; done += Block)
                stream.ReadExactly(new Span<byte>(start + done, (int)Math.Min(Block, total - done)));
            if (device_type != DeviceType.CPU) copy_(plain);
        }

        public static Tensor load(string location) => Native.ts_load(location);

        /// <summary>Writes the tensor in libtorch's own format.</summary>
        public void save(string location) => Native.ts_save(this, location).Check();

        internal void* DataPointer()
        {
            var pointer = Native.ts_data(this);
            return pointer is null && NumberOfElements > 0 ? throw Native.Error() : pointer;
        }

        internal void ValidateType(Type type)
        {
            var fits = dtype switch
            {
                ScalarType.Byte => type == typeof(byte),
                ScalarType.Int8 => type == typeof(sbyte),
                ScalarType.Int16 => type == typeof(short),
                ScalarType.Int32 => type == typeof(int),
                ScalarType.Int64 => type == typeof(long),
                ScalarType.Bool => type == typeof(bool),
                ScalarType.Float16 => type == typeof(Half),
                ScalarType.Float32 => type == typeof(float),
                ScalarType.Float64 => type == typeof(double),
                _ => throw new ArgumentException($"No support for {dtype} in TorchSharp"),
            };
            if (!fits) throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }

        private const int Block = 1 << 20;

        // A contiguous alias or copy on the CPU that the caller may dispose.
        private Tensor Plain()
        {
            using var detached = detach();
            using var near = Native.ts_to(detached, (ScalarType?)null, (int)DeviceType.CPU, -1, false, false);
            var plain = near.contiguous();
            plain.DetachFromDisposeScope();
            return plain;
        }
    }
}
