using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Pipelines.Tests.Packages.Torch;

// Tensor.TotalCount is one number for the process: no other test may run beside these.
[CollectionDefinition(nameof(LifetimeTests), DisableParallelization = true)]
[Collection(nameof(LifetimeTests))]
public sealed class LifetimeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor inner;
        Tensor kept;
        using (var scope = NewDisposeScope())
        {
            inner = ones(1);
            kept = ones(1).DetachFromDisposeScope();
            Assert.Equal(1, scope.DisposablesCount);
        }
        Assert.True(inner.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void A_tensor_moves_to_the_scope_around()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope()) moved = ones(1).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
        }
        Assert.True(moved.IsInvalid);
        using var result = WrappedTensorDisposeScope(() => ones(1) + ones(1));
        Assert.Equal(2f, result.ToSingle());
    }

    [Fact]
    public void A_scope_can_dispose_all_but_what_is_kept()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(1), ones(1));
        scope.DisposeEverythingBut(a);
        Assert.False(a.IsInvalid);
        Assert.True(b.IsInvalid);
        Assert.True(scope.Contains(a));
    }

    [Fact]
    public void Another_thread_has_its_own_scopes()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = ones(1));
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(other!));
        other!.Dispose();
    }

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        using var model = new Classifier();
        using var optimizer = optim.Adam(model.parameters(), 0.01);
        Epoch(model, optimizer);
        Settle();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var total = Tensor.TotalCount;
        for (var i = 0; i < 20; i++) Epoch(model, optimizer);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(total, Tensor.TotalCount);
    }

    [Fact]
    public void Forgotten_tensors_are_released_by_the_collector()
    {
        Settle();
        var before = Tensor.TotalCount;
        Forget();
        for (var i = 0; i < 20 && Tensor.TotalCount > before; i++) Settle();
        Assert.True(Tensor.TotalCount <= before);
    }

    // Tensors that other tests left to the collector are not to be counted.
    internal static void Settle()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static void Forget()
    {
        for (var i = 0; i < 100; i++) _ = ones(10) + 1;
    }

    private static void Epoch(Classifier model, optim.Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        var ids = randint(0, 10, [3, 5]);
        var loss = functional.cross_entropy(model.call(ids), randint(0, 2, [3]));
        optimizer.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(model.parameters(), 1);
        optimizer.step();
    }

    private sealed class Classifier : Module<Tensor, Tensor>
    {
        private readonly Embedding table = Embedding(10, 4, padding_idx: 0);
        private readonly LSTM lstm = LSTM(4, 3, batchFirst: true);
        private readonly Dropout dropout = Dropout(0.1);
        private readonly LayerNorm norm = LayerNorm(3);
        private readonly Linear output = Linear(3, 2);

        public Classifier()
            : base(nameof(Classifier)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (_, last, _) = lstm.call(table.call(input));
            return output.call(norm.call(dropout.call(last[0])));
        }
    }
}
