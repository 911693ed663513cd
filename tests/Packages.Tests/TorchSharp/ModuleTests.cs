using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Pipelines.Tests.Packages.Torch;

public sealed class ModuleTests
{
    [Fact]
    public void Fields_name_the_parameters_in_order()
    {
        using var tagger = new Tagger();
        string[] lstm = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];
        Assert.Equal(
            ["table.weight", .. lstm.Select(name => "lstm." + name), .. lstm.Select(name => "lstm." + name + "_reverse"), "output.weight", "output.bias"],
            tagger.named_parameters().Select(pair => pair.name));
        Assert.Equal("scale", Assert.Single(tagger.named_buffers()).name);
        Assert.Equal("scale", tagger.state_dict().Keys.Last());
    }

    [Fact]
    public void Without_registration_there_are_no_parameters()
    {
        using var module = new Unregistered();
        Assert.Empty(module.parameters());
    }

    [Fact]
    public void Unnamed_parts_of_a_sequence_are_numbered()
    {
        using var sequence = Sequential(Linear(2, 3), ReLU(), Linear(3, 1));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], sequence.named_parameters().Select(pair => pair.name));
        using var scope = NewDisposeScope();
        Assert.Equal([4, 1], sequence.call(zeros(4, 2)).shape);
    }

    [Fact]
    public void Lists_and_dictionaries_register_their_modules()
    {
        using var module = new Listing();
        Assert.Equal(["layers.0.weight", "layers.1.weight", "heads.a.weight"], module.named_parameters().Select(pair => pair.name));
    }

    [Fact]
    public void Training_and_use_reach_every_part()
    {
        using var scope = NewDisposeScope();
        using var sequence = Sequential(Linear(2, 2), Dropout(0.5));
        sequence.eval();
        Assert.All(sequence.children(), child => Assert.False(child.training));
        var input = ones(100);
        using var dropout = Dropout(0.5);
        Assert.Contains(0f, dropout.call(input).data<float>());
        dropout.eval();
        Assert.Equal(input, dropout.call(input));
    }

    [Fact]
    public void Moving_to_double_changes_parameters_buffers_and_fields()
    {
        using var scope = NewDisposeScope();
        using var tagger = new Tagger().to(float64);
        Assert.All(tagger.state_dict().Values, tensor => Assert.Equal(float64, tensor.dtype));
        Assert.Equal(float64, tagger.call(tensor(new long[] { 1, 2, 3 }, [1, 3])).dtype);
    }

    [Fact]
    public void The_row_of_the_padding_index_is_zero_and_stays_so()
    {
        using var scope = NewDisposeScope();
        using var table = Embedding(5, 3, padding_idx: 0);
        var ids = tensor(new long[] { 0, 2, 2 });
        table.call(ids).sum().backward();
        var gradient = table.parameters().Single().grad!;
        Assert.Equal(0, table.call(ids)[0].abs().sum().ToSingle());
        Assert.Equal([0f, 0f, 2f, 0f, 0f], gradient.select(1, 0).data<float>().ToArray());
    }

    [Fact]
    public void Sparse_gradients_hold_only_the_rows_looked_up()
    {
        using var scope = NewDisposeScope();
        using var table = Embedding(1000, 2, sparse: true);
        table.call(tensor(new long[] { 7, 9 })).sum().backward();
        var gradient = table.parameters().Single().grad!;
        Assert.True(gradient.is_sparse);
        Assert.Equal(4, gradient.to_dense().sum().ToSingle());
    }

    [Fact]
    public void Hooks_see_and_change_the_result()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 2);
        var hook = linear.register_forward_hook((_, _, result) => result * 0);
        Assert.Equal(0, linear.call(ones(1, 2)).abs().sum().ToSingle());
        hook.remove();
        Assert.NotEqual(0, linear.call(ones(1, 2)).abs().sum().ToSingle());
    }

    [Fact]
    public void Clipping_scales_the_common_norm()
    {
        using var scope = NewDisposeScope();
        var a = new Parameter(ones(2));
        var b = new Parameter(ones(1));
        (a.sum() * 2 + b.sum() * 1).backward();
        Assert.Equal(3, nn.utils.clip_grad_norm_([a, b], 1.5), 5);
        Assert.Equal(1f, a.grad![0].ToSingle(), 4);
        Assert.Equal(0.5f, b.grad![0].ToSingle(), 4);
    }

    [Fact]
    public void Orthogonal_rows_are_orthonormal()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var rows = init.orthogonal_(empty(3, 5, float64));
        Assert.True(rows.mm(rows.t()).allclose(eye(3, dtype: float64), atol: 1e-10));
    }

    [Fact]
    public void Wrong_shapes_and_indices_throw_with_the_library_s_words()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 2);
        Says("mat1 and mat2 shapes cannot be multiplied (1x3 and 2x2)", () => linear.call(zeros(1, 3)));
        using var table = Embedding(3, 2);
        Says("index out of range in self", () => table.call(tensor(new long[] { 3 })));
        Says("Target 9 is out of bounds.", () => functional.cross_entropy(zeros(1, 3), tensor(new long[] { 9 })));
    }

    private static void Says(string message, Func<Tensor> call) => Assert.Equal(message, Assert.Throws<ExternalException>(call).Message);

    private sealed class Tagger : Module<Tensor, Tensor>
    {
        private readonly Embedding table = Embedding(5, 4);
        private readonly LSTM lstm = LSTM(4, 3, batchFirst: true, bidirectional: true);
        private readonly Linear output = Linear(6, 2);
        private readonly Tensor scale = ones(1);

        public Tagger()
            : base(nameof(Tagger)) => RegisterComponents();

        public override Tensor forward(Tensor input) => output.call(lstm.call(table.call(input)).Item1) * scale;
    }

    private sealed class Unregistered : Module<Tensor, Tensor>
    {
        private readonly Linear _output = Linear(6, 2);

        public Unregistered()
            : base(nameof(Unregistered))
        {
        }

        public override Tensor forward(Tensor input) => _output.call(input);
    }

    private sealed class Listing : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Linear> layers = ModuleList(Linear(1, 1, hasBias: false), Linear(1, 1, hasBias: false));
        private readonly ModuleDict<Linear> heads = ModuleDict(("a", Linear(1, 1, hasBias: false)));

        public Listing()
            : base(nameof(Listing)) => RegisterComponents();

        public override Tensor forward(Tensor input) => heads["a"].call(layers[0].call(input));
    }
}
