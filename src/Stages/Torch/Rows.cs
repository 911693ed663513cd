using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Stages.Torch;

/// <summary>Copies rows to positions; their gradient is the sum over the positions.</summary>
internal static class Rows
{
    public static Tensor Gather(Tensor values, RowIndex index) =>
        values.device_type == DeviceType.CPU && values.dtype == ScalarType.Float32
            ? GatherFunction.apply(values, index)
            : values.index_select(0, Indices.Of(index.RowOfPosition, values.device));

    /// <summary>As <see cref="Gather"/>, where the row after the last one is zeros.</summary>
    public static Tensor GatherOrZero(Tensor values, int[] rowOfPosition)
    {
        var rows = (int)values.shape[0];
        var zero = zeros(1, values.shape[1], dtype: values.dtype, device: values.device);
        return Gather(cat([values, zero], 0), RowIndex.Of(rowOfPosition, rows + 1));
    }

    // torch's own gradient of index_select adds row by row on one thread.
    private sealed class GatherFunction : autograd.SingleTensorFunction<GatherFunction>
    {
        private const string IndexKey = "index";

        public override string Name => nameof(GatherFunction);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (values, index) = ((Tensor)vars[0], (RowIndex)vars[1]);
            ctx.save_data(IndexKey, index);
            return values.index_select(0, Indices.Of(index.RowOfPosition, values.device));
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            using var gradient = grad_output.contiguous();
            return [GroupedSum.Of(gradient, (RowIndex)ctx.get_data(IndexKey), get_num_threads()), null!];
        }
    }
}
