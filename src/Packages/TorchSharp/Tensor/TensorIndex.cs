using Entry = TorchSharp.PInvoke.Index;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an index expression: a number, a slice, a tensor, a new axis, "..." or a boolean.</summary>
    public struct TensorIndex
    {
        internal Entry Native;
        internal Tensor? Indices;

        public static TensorIndex Ellipsis = Of(4);

        public static TensorIndex None = Of(3);

        public static TensorIndex Null = Of(3);

        public static TensorIndex Colon = Slice();

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            Of(1, start ?? Entry.Missing, stop ?? Entry.Missing, step ?? Entry.Missing);

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => Of(5, value ? 1 : 0);

        public static TensorIndex Single(long? index) => Of(0, index ?? 0);

        public static TensorIndex Tensor(Tensor tensor) => new() { Native = new Entry { Kind = 2 }, Indices = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(System.Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>Exists so that overloads resolve as in the real package; never to be called.</summary>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");

        private static TensorIndex Of(long kind, long start = 0, long stop = 0, long step = 0) =>
            new() { Native = new Entry { Kind = kind, Start = start, Stop = stop, Step = step } };
    }
}
