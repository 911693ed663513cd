using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Torch;

public sealed class NumbersTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>
    /// The place of a managed array differs from process to process, and with it the last bit of products of a vector and a matrix.
    /// </summary>
    [Fact]
    public void Weights_and_masks_start_at_multiples_of_64_bytes()
    {
        using var parameters = new ParameterSet(1, CPU);
        var masks = new DropoutMasks(1, CPU);
        for (var size = 1; size < 100; size++)
        {
            Assert.Equal(0, PlaceOf(parameters.Add($"w{size}", _ => new float[size * 7], [size, 7]).Value) % 64);
            Assert.Equal(0, PlaceOf(masks.Mask(size, 3, 0.5)) % 64);
            Assert.Equal(0, PlaceOf(empty(size)) % 64);
        }
    }

    /// <summary>
    /// Our assumption about libtorch: from such places on, every product has the same bits, and no setting of MKL is needed for it.
    /// </summary>
    [Theory]
    [InlineData(1, 291, 277)]
    [InlineData(191, 285, 1)]
    [InlineData(12, 98, 1)]
    [InlineData(127, 68, 9)]
    [InlineData(64, 100, 200)]
    public void Products_do_not_depend_on_which_multiple_of_64_bytes_their_operands_start_at(int rows, int inner, int columns)
    {
        var left = Numbers.Of(Values(rows * inner, 1), [rows, inner]);
        var right = Numbers.Of(Values(inner * columns, 2), [inner, columns]);
        var expected = ParameterSet.ToArray(left.mm(right));
        var transposed = ParameterSet.ToArray(left.mm(right.t().contiguous().t()));
        for (var place = 16; place <= 1024; place *= 2)
        {
            Assert.Equal(expected, ParameterSet.ToArray(At(left, place).mm(At(right, 3 * place))));
            Assert.Equal(transposed, ParameterSet.ToArray(At(left, place).mm(At(right.t().contiguous(), 3 * place).t())));
        }
    }

    [Fact]
    public void Values_are_copied_and_must_fill_the_shape()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var copy = Numbers.Of(values, [2, 3]);
        values[0] = 9;
        Assert.Equal([1, 2, 3, 4, 5, 6], ParameterSet.ToArray(copy));
        Assert.Equal([0, 3], Numbers.Of([], [0, 3]).shape);
        Assert.Throws<ArgumentException>(() => Numbers.Of(values, [2, 2]));
    }

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    /// <summary>A copy that starts this many floats after a multiple of 64 bytes.</summary>
    private static Tensor At(Tensor values, int place)
    {
        var view = empty(place + values.NumberOfElements).narrow(0, place, values.NumberOfElements).view(values.shape);
        return view.copy_(values);
    }

    private static unsafe long PlaceOf(Tensor values) => (long)values.Floats();
}
