using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Sequences of different lengths for recurrent networks.</summary>
            public static partial class rnn
            {
                /// <summary>Sequences without their padding, step by step, longest first.</summary>
                public sealed class PackedSequence : IDisposable
                {
                    public readonly Tensor data;
                    public readonly Tensor batch_sizes;
                    public readonly Tensor sorted_indices;
                    public readonly Tensor unsorted_indices;
                    private bool _disposed;

                    internal PackedSequence(Tensor data, Tensor batchSizes, Tensor sorted, Tensor unsorted)
                    {
                        this.data = data.DetachFromDisposeScope();
                        batch_sizes = batchSizes.DetachFromDisposeScope();
                        sorted_indices = sorted.DetachFromDisposeScope();
                        unsorted_indices = unsorted.DetachFromDisposeScope();
                        OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
                    }

                    internal DisposeScope? OwningDisposeScope { get; set; }

                    public void Dispose()
                    {
                        if (_disposed) return;
                        _disposed = true;
                        DisposeScopeManager.ThreadSingleton.CountDisposed(this, OwningDisposeScope);
                        OwningDisposeScope?.MarkAsDisposed(this);
                        data.Dispose();
                        batch_sizes.Dispose();
                        sorted_indices.Dispose();
                        unsorted_indices.Dispose();
                    }

                    public PackedSequence MoveToOuterDisposeScope()
                    {
                        OwningDisposeScope?.MoveToOuter(this);
                        return this;
                    }

                    public PackedSequence DetachFromDisposeScope()
                    {
                        OwningDisposeScope?.Detach(this);
                        return this;
                    }

                    // States in the order of the packed sequences, and back.
                    internal Tensor Sorted(Tensor state) => state.index_select(1, sorted_indices);

                    internal Tensor Unsorted(Tensor state) => state.index_select(1, unsorted_indices);

                    internal PackedSequence With(Tensor values) =>
                        new(values, batch_sizes.clone(), sorted_indices.clone(), unsorted_indices.clone());
                }

                /// <summary>Takes the padding away; lengths must be on the CPU and, where enforced, descending.</summary>
                public static PackedSequence pack_padded_sequence(
                    Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    using var scope = NewDisposeScope();
                    if (enforce_sorted)
                    {
                        var order = arange(lengths.numel(), int64, input.device);
                        Native.ts_pack_padded_sequence(input, lengths, batch_first, out var packed, out var sizes).Check();
                        return scope.MoveToOuter(new PackedSequence(packed, sizes, order, order.clone()));
                    }
                    var (sorted, places) = lengths.sort(-1, true);
                    places = places.to(input.device);
                    var back = empty_like(places).scatter_(0, places, arange(lengths.numel(), int64, input.device));
                    var rows = input.index_select(batch_first ? 0 : 1, places);
                    Native.ts_pack_padded_sequence(rows, sorted, batch_first, out var data, out var batchSizes).Check();
                    return scope.MoveToOuter(new PackedSequence(data, batchSizes, places, back));
                }

                /// <summary>The sequences with padding, and their lengths.</summary>
                public static (Tensor, Tensor) pad_packed_sequence(
                    PackedSequence sequence, bool batch_first = false, double padding_value = 0.0, long? total_length = null)
                {
                    Native.ts_pad_packed_sequence(
                        sequence.data, sequence.batch_sizes, batch_first, padding_value, total_length ?? -1, out var output, out var lengths).Check();
                    using (output)
                    using (lengths)
                        return (output.index_select(batch_first ? 0 : 1, sequence.unsorted_indices), lengths.index_select(0, sequence.unsorted_indices.cpu()));
                }

                /// <summary>Stacks sequences of different lengths, padded behind.</summary>
                public static Tensor pad_sequence(IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0.0)
                {
                    using var scope = NewDisposeScope();
                    var list = sequences.ToList();
                    var longest = list.Max(sequence => sequence.size(0));
                    var padded = list.Select(sequence => functional.pad(
                        sequence, [.. Enumerable.Repeat(0L, 2 * (int)(sequence.ndim - 1)), 0, longest - sequence.size(0)], PaddingModes.Constant, padding_value));
                    return stack(padded.ToList(), batch_first ? 0 : 1).MoveToOuterDisposeScope();
                }
            }
        }
    }
}
