using TorchSharp.PInvoke;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function keeps from its forward for its backward; it lives as long as its node of the graph.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = [];
            private void* _native;

            internal AutogradContext()
            {
            }

            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Tensors for backward; a null entry comes back as null.</summary>
            public void save_for_backward(List<Tensor> tensors)
            {
                using var list = new Handles(tensors);
                Native.ts_context_save(_native, list.List).Check();
            }

            /// <summary>The tensors saved in forward, as new handles; an error where they were changed in place or freed.</summary>
            public List<Tensor> get_saved_variables() =>
                [.. Native.TakeListWithGaps(Native.ts_context_saved(_native, out var count), count)];

            /// <summary>Anything but tensors for backward.</summary>
            public void save_data(string key, object value) => _data[key] = value;

            public object get_data(string key) => _data.GetValueOrDefault(key)!;

            public void mark_dirty(List<Tensor> tensors)
            {
                using var list = new Handles(tensors);
                Native.ts_context_mark_dirty(_native, list.List).Check();
            }

            public void mark_non_differentiable(List<Tensor> tensors)
            {
                using var list = new Handles(tensors);
                Native.ts_context_mark_non_differentiable(_native, list.List).Check();
            }

            /// <summary>Whether backward sees zeros, or null, where an output had no gradient.</summary>
            public void set_materialize_grads(bool value)
            {
                MaterializeGrads = value;
                Native.ts_context_materialize(_native, value);
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            internal void Bind(void* native) => _native = native;

            protected virtual void Dispose(bool disposing) => _data.Clear();
        }
    }
}
