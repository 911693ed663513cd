using System.Runtime.CompilerServices;
using TorchSharp.PInvoke;
using Entry = TorchSharp.PInvoke.Index;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Native.ts_select(this, 0, i1);
            set => Put(value, i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At(i1, i2);
            set => Put(value, i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At(i1, i2, i3);
            set => Put(value, i1, i2, i3);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At(i1, i2, i3, i4);
            set => Put(value, i1, i2, i3, i4);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => Put(value, indices);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            Span<Entry> entries = stackalloc Entry[indices.Length];
            Fill(entries, indices);
            Tensor result;
            fixed (Entry* p = entries) result = Native.ts_index(this, p, entries.Length);
            GC.KeepAlive(indices);
            return result;
        }

        public Tensor index(params Tensor[] indices) => index(Wrap(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            Span<Entry> entries = stackalloc Entry[indices.Length];
            Fill(entries, indices);
            fixed (Entry* p = entries) Native.ts_index_put_(this, p, entries.Length, value).Check();
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            Span<Entry> entries = stackalloc Entry[indices.Length];
            Fill(entries, indices);
            fixed (Entry* p = entries) Native.ts_index_put_scalar_(this, p, entries.Length, value).Check();
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Wrap(indices));

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Wrap(indices));

        /// <summary>With accumulate, values for the same position are added up.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            if (!accumulate) return index_put_(value, Wrap(indices));
            using var list = new Handles(indices);
            return Done(Native.ts_index_accumulate_(this, list.List, value));
        }

        private Tensor At(params ReadOnlySpan<long> indices)
        {
            Span<Entry> entries = stackalloc Entry[indices.Length];
            for (var i = 0; i < indices.Length; i++) entries[i].Start = indices[i];
            fixed (Entry* p = entries) return Native.ts_index(this, p, entries.Length);
        }

        private void Put(Tensor value, params ReadOnlySpan<long> indices)
        {
            Span<Entry> entries = stackalloc Entry[indices.Length];
            for (var i = 0; i < indices.Length; i++) entries[i].Start = indices[i];
            fixed (Entry* p = entries) Native.ts_index_put_(this, p, entries.Length, value).Check();
        }

        private static TensorIndex[] Wrap(Tensor[] indices) => Array.ConvertAll(indices, TensorIndex.Tensor);

        private static void Fill(Span<Entry> entries, TensorIndex[] indices)
        {
            for (var i = 0; i < indices.Length; i++)
            {
                entries[i] = indices[i].Native;
                if (indices[i].Indices is { } tensor) entries[i].Tensor = tensor.Handle;
            }
        }
    }
}
