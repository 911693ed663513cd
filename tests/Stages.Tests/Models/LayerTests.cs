using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>Layers over two texts of 3 and 1 steps, padded to 5, beside the same computed text by text.</summary>
public sealed class LayerTests : IDisposable
{
    private const int Size = 3;
    private static readonly int[] Lengths = [3, 1];

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly ParameterSet _parameters = new(seed: 5, CPU);
    private readonly Tensor _steps = Numbers.Of([.. Enumerable.Range(0, 4 * Size).Select(i => (float)Math.Sin(i + 1))], [4, Size]);

    public void Dispose()
    {
        _parameters.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Branches_are_put_side_by_side()
    {
        var joined = Pooled(new Layer.Parallel(
            [[new Layer.Conv1d(2, 2, Activation.Relu), new Layer.MaxPool()], [new Layer.Conv1d(4, 1), new Layer.AveragePool()]]));
        var (first, second) = (Weights("parallel.0.conv1d"), Weights("parallel.1.conv1d"));
        for (var text = 0; text < 2; text++)
        {
            var steps = Steps(text);
            // A text shorter than the window makes one, with zeros behind it.
            var windows = text == 0
                ? cat([steps.narrow(0, 0, 2), steps.narrow(0, 1, 2)], 1)
                : cat([steps, zeros(1, Size)], 1);
            var largest = (windows.mm(first.Kernel) + first.Bias).relu().amax(new long[] { 0 });
            var mean = (steps.mm(second.Kernel) + second.Bias).mean([0]);
            LstmFixture.Near(ParameterSet.ToArray(cat([largest, mean])), joined[text]);
        }
    }

    [Fact]
    public void Branches_that_keep_the_words_give_them_wider()
    {
        Layer[] same = [new Layer.Conv1d(2, 3, Padding: ConvolutionPadding.Same)];
        var output = (SequenceOutput)Run([new Layer.Parallel([same, [new Layer.Dropout(0.5)]])]);
        Assert.Equal([4L, 5], output.Values.shape);
        LstmFixture.Near(ParameterSet.ToArray(_steps), output.Values.narrow(1, 2, Size).contiguous());
    }

    [Fact]
    public void Attention_weighs_the_words_of_a_text()
    {
        var pooled = Pooled(new Layer.AttentionPool(4));
        var (kernel, bias) = Weights("attention-pool");
        var context = Weight("attention-pool.context");
        for (var text = 0; text < 2; text++)
        {
            var scores = (Steps(text).mm(kernel) + bias).tanh().mm(context).exp();
            LstmFixture.Near(ParameterSet.ToArray((Steps(text) * scores / scores.sum()).sum(dim: 0)), pooled[text]);
        }
    }

    [Theory]
    [InlineData(PaddingSide.Post)]
    [InlineData(PaddingSide.Pre)]
    public void Flattened_words_stand_where_padding_leaves_them(PaddingSide side)
    {
        var flat = ((PooledOutput)Run([new Layer.Flatten()], side)).Values;
        Assert.Equal([2L, 5 * Size], flat.shape);
        for (var text = 0; text < 2; text++)
        {
            var padding = zeros((5 - Lengths[text]) * Size);
            var words = Steps(text).flatten();
            LstmFixture.Near(ParameterSet.ToArray(side == PaddingSide.Post ? cat([words, padding]) : cat([padding, words])), flat[text]);
        }
    }

    /// <summary>Keras: a masked lstm repeats its last output, so a mean over all steps counts it again for each step of padding.</summary>
    [Theory]
    [InlineData(false, PaddingSide.Post)]
    [InlineData(true, PaddingSide.Post)]
    [InlineData(false, PaddingSide.Pre)]
    public void Behind_the_end_of_the_mask_padding_is_read(bool bidirectional, PaddingSide side)
    {
        Layer[] layers = [new Layer.Lstm(2, bidirectional, ReturnSequences: true), new Layer.Unmask(), new Layer.AveragePool()];
        var mean = ((PooledOutput)Run(layers, side)).Values;
        var outputs = (SequenceOutput)Run(layers[..1], side, fresh: false);
        for (var text = 0; text < 2; text++)
        {
            var own = outputs.Values.index_select(0, Indices.Of(PositionsOf(text), CPU));
            var repeated = bidirectional || side == PaddingSide.Pre ? zeros_like(own[0]) : own[Lengths[text] - 1];
            LstmFixture.Near(ParameterSet.ToArray((own.sum(dim: 0) + (repeated * (5 - Lengths[text]))) / 5), mean[text]);
        }
    }

    private Tensor Steps(int text) => _steps.index_select(0, Indices.Of(PositionsOf(text), CPU));

    // Packed: the first steps of both texts, then the rest of the first.
    private static int[] PositionsOf(int text) => text == 0 ? [0, 2, 3] : [1];

    private (Tensor Kernel, Tensor Bias) Weights(string name) => (Weight($"{name}.kernel"), Weight($"{name}.bias"));

    private Tensor Weight(string name) => _parameters.Items.Single(item => item.Name == name).Value;

    private Tensor Pooled(Layer layer) => ((PooledOutput)Run([layer])).Values;

    /// <param name="fresh">False: with the weights of the run before.</param>
    private LayerOutput Run(Layer[] layers, PaddingSide side = PaddingSide.Post, bool fresh = true)
    {
        Layer[] network = [new Layer.Embedding(Size), .. layers, new Layer.Dense()];
        var sites = LayerStack.Behind(network, new(Classes: 2, Length: 5, side)).Take(layers.Length);
        using var again = new ParameterSet(seed: 5, CPU);
        return LayerStack.Build(sites, new(fresh ? _parameters : again, Threads: 1))(
            new SequenceOutput(_steps, PackedSequence.Of(Lengths)), DropoutMasks.None);
    }
}
