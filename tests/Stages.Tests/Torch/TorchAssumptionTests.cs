using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Torch;

/// <summary>What this project takes for granted about TorchSharp, and what another version could change.</summary>
public sealed class TorchAssumptionTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it_unless_it_was_detached()
    {
        Tensor inner, kept;
        using (NewDisposeScope())
        {
            inner = ones(1);
            kept = ones(1).DetachFromDisposeScope();
        }
        Assert.True(inner.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void Each_thread_has_scopes_and_a_no_grad_of_its_own()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (made, records) = ((Tensor?)null, false);
        var thread = new Thread(() => (made, records) = (ones(1), is_grad_enabled()));
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(made!));
        Assert.True(records);
        made!.Dispose();
    }

    [Fact]
    public void A_function_of_ones_own_gets_zeros_for_outputs_that_nobody_used()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor([1f, 2f]).requires_grad_(true), tensor([3f, 4f]));
        SumAndProduct.apply(a, b)[1].sum().backward();
        Assert.Equal([3f, 4f], ParameterSet.ToArray(a.grad!));
        Assert.Null(b.grad);
        Assert.False(SumAndProduct.RecordedItsForward);
    }

    [Fact]
    public void The_gradient_of_copied_rows_is_the_sum_over_the_copies()
    {
        using var scope = NewDisposeScope();
        var rows = arange(6).to(ScalarType.Float32).reshape(3, 2).requires_grad_(true);
        (rows.index_select(0, tensor(new long[] { 2, 0, 2 })) * tensor([1f, 2f, 3f], [3, 1])).sum().backward();
        Assert.Equal([2, 2, 0, 0, 4, 4], ParameterSet.ToArray(rows.grad!));
    }

    [Fact]
    public void A_gradient_stays_the_same_tensor_when_it_is_emptied_and_filled_again()
    {
        using var scope = NewDisposeScope();
        var weights = ones(2).requires_grad_(true);
        weights.sum().backward();
        weights.grad!.zero_();
        (weights * 3).sum().backward();
        Assert.Equal([3f, 3f], ParameterSet.ToArray(weights.grad!));
    }

    [Fact]
    public void Bytes_of_a_tensor_are_its_memory()
    {
        using var scope = NewDisposeScope();
        var values = zeros(2);
        BitConverter.TryWriteBytes(values.bytes[4..], 5f);
        Assert.Equal([0f, 5f], ParameterSet.ToArray(values));
    }

    [Fact]
    public void A_generator_of_ones_own_repeats_its_numbers_whatever_else_is_drawn()
    {
        using var scope = NewDisposeScope();
        var first = randn(4, generator: new Generator(5));
        randn(3);
        Assert.Equal(ParameterSet.ToArray(first), ParameterSet.ToArray(randn(4, generator: new Generator(5))));
    }

    [Fact]
    public async Task The_number_of_threads_of_a_torch_thread_is_what_was_asked_for() =>
        Assert.Equal(2, await TorchThread.RunAsync(2, get_num_threads));

    [Fact]
    public void Modules_name_their_weights_by_their_fields()
    {
        using var scope = NewDisposeScope();
        using var pair = new Pair();
        Assert.Equal(
            ["first.bias", "first.weight", "norms.0.bias", "norms.0.weight"], pair.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(pair.state_dict().Keys.Order(StringComparer.Ordinal),
            pair.named_parameters().Select(entry => entry.name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_an_exception_in_mm_and_addmm()
    {
        using var scope = NewDisposeScope();
        Assert.ThrowsAny<Exception>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.ThrowsAny<Exception>(() => ones(3).addmm(ones(2, 3), ones(2, 3)));
    }

    private sealed class SumAndProduct : autograd.MultiTensorFunction<SumAndProduct>
    {
        public static bool RecordedItsForward { get; private set; } = true;

        public override string Name => nameof(SumAndProduct);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            RecordedItsForward = is_grad_enabled();
            var (left, right) = ((Tensor)vars[0], (Tensor)vars[1]);
            ctx.save_for_backward([left, right]);
            return [left + right, left * right];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var saved = ctx.get_saved_variables();
            return [grad_outputs[0] + (grad_outputs[1] * saved[1]), grad_outputs[0] + (grad_outputs[1] * saved[0])];
        }
    }

    private sealed class Pair : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear first = nn.Linear(2, 3);
        private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> norms = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.LayerNorm(3));

        public Pair()
            : base(nameof(Pair)) => RegisterComponents();

        public override Tensor forward(Tensor input) => norms[0].call(first.call(input));
    }
}
