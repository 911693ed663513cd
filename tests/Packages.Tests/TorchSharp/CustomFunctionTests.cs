using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Pipelines.Tests.Packages.Torch;

[Collection(nameof(LifetimeTests))]
public sealed class CustomFunctionTests
{
    [Fact]
    public void Its_backward_is_used_for_every_tensor_argument()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Values(3, 4), Values(4, 2));
        Slopes.Check(a, x => ScaledProduct.apply(x, 2.0, b));
        Slopes.Check(b, x => ScaledProduct.apply(a, 2.0, x));
    }

    [Fact]
    public void Several_outputs_get_their_gradients_and_unused_ones_zeros()
    {
        using var scope = NewDisposeScope();
        var a = Values(5);
        Slopes.Check(a, x => SumAndProduct.apply(x, x + 1)[0]);
        Slopes.Check(a, x => SumAndProduct.apply(x, x + 1)[1].sin());
        Slopes.Check(a, x => cat(SumAndProduct.apply(x, x * 2)));
    }

    [Fact]
    public void It_can_be_chained_and_mixed_with_other_operations()
    {
        using var scope = NewDisposeScope();
        var b = Values(4, 4);
        Slopes.Check(Values(4, 4), x => ScaledProduct.apply(ScaledProduct.apply(x, 0.5, b).tanh(), 3.0, x));
    }

    [Fact]
    public void An_argument_without_gradient_gets_none()
    {
        using var scope = NewDisposeScope();
        var a = Values(3, 4).requires_grad_();
        var b = Values(4, 2);
        ScaledProduct.apply(a, 1.0, b).sum().backward();
        Assert.NotNull(a.grad);
        Assert.Null(b.grad);
    }

    [Fact]
    public void Without_recording_the_result_is_a_plain_tensor()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var result = ScaledProduct.apply(Values(3, 4).requires_grad_(), 1.0, Values(4, 2));
        Assert.False(result.requires_grad);
    }

    [Fact]
    public void Recording_is_off_in_forward()
    {
        using var scope = NewDisposeScope();
        _ = RecordsItsForward.apply(Values(2).requires_grad_());
        Assert.False(RecordsItsForward.Recorded);
    }

    [Fact]
    public void A_training_loop_leaves_no_tensor_behind()
    {
        using var outer = NewDisposeScope();
        var a = Values(3, 4).requires_grad_();
        var b = Values(4, 2);
        Round();
        LifetimeTests.Settle();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 50; i++) Round();
        Assert.Equal(before, Tensor.TotalCount);

        void Round()
        {
            using var scope = NewDisposeScope();
            ScaledProduct.apply(a, 2.0, b).sum().backward();
            SumAndProduct.apply(a, a)[1].sum().backward();
        }
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        var results = new double[4];
        Parallel.For(0, results.Length, i =>
        {
            using var scope = NewDisposeScope();
            var a = Values(3, 4).requires_grad_();
            for (var round = 0; round < 100; round++) ScaledProduct.apply(a, (double)i, Values(4, 2)).sum().backward();
            results[i] = a.grad!.sum().ToDouble();
        });
        for (var i = 1; i < results.Length; i++) Assert.Equal(results[1] * i, results[i], 6);
    }

    private static Tensor Values(params long[] shape) => arange(1, shape.Aggregate(1L, (p, s) => p * s) + 1, float64).sin().reshape(shape);

    private sealed class ScaledProduct : SingleTensorFunction<ScaledProduct>
    {
        public override string Name => nameof(ScaledProduct);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            var (left, scale, right) = ((Tensor)vars[0], (double)vars[1], (Tensor)vars[2]);
            ctx.save_for_backward([left, right]);
            ctx.save_data("scale", scale);
            return left.mm(right) * scale;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            var scaled = grad_output * (double)ctx.get_data("scale");
            return [scaled.mm(saved[1].t()), null!, saved[0].t().mm(scaled)];
        }
    }

    private sealed class SumAndProduct : MultiTensorFunction<SumAndProduct>
    {
        public override string Name => nameof(SumAndProduct);

        public override List<Tensor> forward(AutogradContext ctx, params object[] vars)
        {
            var (left, right) = ((Tensor)vars[0], (Tensor)vars[1]);
            ctx.save_for_backward([left, right]);
            return [left + right, left * right];
        }

        public override List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var saved = ctx.get_saved_variables();
            return [grad_outputs[0] + grad_outputs[1] * saved[1], grad_outputs[0] + grad_outputs[1] * saved[0]];
        }
    }

    private sealed class RecordsItsForward : SingleTensorFunction<RecordsItsForward>
    {
        public static bool Recorded { get; private set; } = true;

        public override string Name => nameof(RecordsItsForward);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            Recorded = is_grad_enabled();
            return ((Tensor)vars[0]) * 2;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => [grad_output * 2];
    }
}
