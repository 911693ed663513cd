using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales the gradients down so that their common norm is at most max_norm, and returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var quiet = no_grad();
                var gradients = tensors.Select(parameter => parameter.grad).OfType<Tensor>().ToList();
                if (gradients.Count == 0) return 0;
                var norms = stack(gradients.Select(gradient => double.IsPositiveInfinity(norm_type) ? gradient.abs().max() : gradient.norm((float)norm_type)).ToList());
                var total = (double.IsPositiveInfinity(norm_type) ? norms.max() : norms.norm((float)norm_type)).ToDouble();
                var scale = max_norm / (total + 1e-6);
                if (scale < 1) gradients.ForEach(gradient => gradient.mul_(scale));
                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var quiet = no_grad();
                foreach (var gradient in tensors.Select(parameter => parameter.grad).OfType<Tensor>()) gradient.clamp_(-clip_value, (Scalar)clip_value);
            }
        }
    }
}
