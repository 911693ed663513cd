using TorchSharp.PInvoke;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>Gradients of tensors with respect to tensors.</summary>
    public static partial class autograd
    {
        /// <summary>
        /// The gradients of the outputs with respect to the inputs, null where unused. The real package aborts the process on an
        /// error here, and create_graph needs retain_graph written out.
        /// </summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            using var from = new Handles(outputs);
            using var to = new Handles(inputs);
            using var given = new Handles(grad_outputs);
            var list = Native.ts_autograd_grad(from.List, to.List, given.List, retain_graph, create_graph, allow_unused, out var count);
            return Native.TakeListWithGaps(list, count);
        }

        /// <summary>Adds the gradients to the leaves.</summary>
        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            using var from = new Handles(tensors);
            using var given = new Handles(grad_tensors);
            using var to = new Handles(inputs);
            Native.ts_backward(from.List, given.List, retain_graph ?? create_graph, create_graph, to.List).Check();
        }

        public static void backward(
            Tensor tensor,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);
    }
}
