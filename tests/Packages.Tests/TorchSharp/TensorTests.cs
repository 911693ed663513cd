using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

public sealed class TensorTests
{
    [Fact]
    public void The_type_follows_the_values()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(float64, tensor(1.5).dtype);
        Assert.Equal(float32, tensor(1.5f).dtype);
        Assert.Equal(int64, tensor(new long[] { 1 }).dtype);
        Assert.Equal(int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal(int64, arange(6).dtype);
        Assert.Equal(float32, arange(0, 1, 0.25).dtype);
        Assert.Equal(float32, zeros(2).dtype);
        Assert.Equal([2, 3], tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Equal([2, 2], from_array(new long[,] { { 1, 2 }, { 3, 4 } }).shape);
    }

    [Fact]
    public void A_tensor_does_not_follow_its_array()
    {
        using var scope = NewDisposeScope();
        var array = new float[] { 1, 2 };
        var copy = tensor(array);
        array[0] = 9;
        Assert.Equal(1f, copy[0].item<float>());
    }

    [Fact]
    public void Too_few_values_for_the_shape_are_refused()
    {
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));
    }

    [Fact]
    public void Values_are_read_in_order_of_the_indices_also_from_views()
    {
        using var scope = NewDisposeScope();
        var view = arange(6).reshape(2, 3).t();
        Assert.Equal([0, 3, 1, 4, 2, 5], view.data<long>().ToArray());
        Assert.Equal(4, view.data<long>()[1, 1]);
        Assert.Equal(4, view.data<long>()[3]);
        var part = new long[3];
        view.data<long>().CopyTo(part, 1, 2);
        Assert.Equal([0, 1, 4], part);
        view.data<long>().CopyFrom([7, 8]);
        Assert.Equal([7, 8, 1, 4, 2, 5], view.data<long>().ToArray());
        Assert.Equal([7, 8, 1, 4, 2, 5], view.data<long>());
    }

    [Fact]
    public void Reading_as_another_type_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("Single is not compatible with Int64", Assert.Throws<ArgumentException>(() => arange(2).data<float>()).Message);
        Assert.Equal("Double is not compatible with Float32", Assert.Throws<ArgumentException>(() => ones(1).item<double>()).Message);
        Assert.Throws<ArgumentException>(() => arange(2).item<long>());
    }

    [Fact]
    public void One_value_converts_to_the_numbers_of_NET()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(2.5f, tensor(2.5).ToSingle());
        Assert.Equal(3L, tensor(3).ToInt64());
        Assert.Equal(3.0, tensor(3).ToDouble());
        Assert.True(tensor(true).ToBoolean());
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        using var scope = NewDisposeScope();
        var values = zeros(2);
        MemoryMarshal.Cast<byte, float>(values.bytes)[1] = 5;
        Assert.Equal([0f, 5f], values.data<float>().ToArray());
        values.bytes = new byte[8];
        Assert.Equal(0, values.sum().ToSingle());
    }

    [Fact]
    public void Indices_are_numbers_slices_ranges_tensors_and_masks()
    {
        using var scope = NewDisposeScope();
        var x = arange(24).reshape(2, 3, 4);
        Assert.Equal(6, x[0, 1, 2].ToInt64());
        Assert.Equal([3, 4], x[1].shape);
        Assert.Equal([2, 4], x[TensorIndex.Colon, 1].shape);
        Assert.Equal([2, 2, 4], x[.., 1..3].shape);
        Assert.Equal([2, 3], x[TensorIndex.Ellipsis, -1].shape);
        Assert.Equal([2, 1, 3, 4], x[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([2, 2, 4], x[TensorIndex.Colon, TensorIndex.Slice(0, 3, 2)].shape);
        Assert.Equal(11, x[x > 12].numel());
        Assert.Equal([0L, 23], x[tensor(new long[] { 0, 1 }), tensor(new long[] { 0, 2 }), tensor(new long[] { 0, 3 })].data<long>().ToArray());
        x[0, 0] = tensor(new long[] { -1, -1, -1, -1 });
        x[TensorIndex.Colon, 2] = 0L;
        Assert.Equal(-4, x[0, 0].sum().ToInt64());
        Assert.Equal(0, x[TensorIndex.Colon, 2].sum().ToInt64());
        var sums = zeros(3).index_put_(ones(4), [tensor(new long[] { 0, 0, 2, 0 })], accumulate: true);
        Assert.Equal([3f, 0f, 1f], sums.data<float>().ToArray());
    }

    [Fact]
    public void Changes_in_place_give_the_same_tensor_back()
    {
        using var scope = NewDisposeScope();
        var x = ones(3);
        Assert.Same(x, x.add_(1).mul_(3).sub_(1).div_(5));
        Assert.Same(x, x.addcmul_(ones(3), ones(3), 2).addcdiv_(ones(3), ones(3), -1));
        Assert.Same(x, x.clamp_max_(5).sqrt_().fill_(4).copy_(full(3, 9f)).masked_fill_(tensor(new[] { true, false, false }), 1));
        Assert.Equal([1f, 9f, 9f], x.data<float>().ToArray());
        Assert.Same(x, x.index_add_(0, tensor(new long[] { 0 }), ones(1), 2).scatter_add_(0, tensor(new long[] { 0 }), ones(1)));
        Assert.Equal(4f, x[0].ToSingle());
        var matrix = zeros(2, 2);
        Assert.Same(matrix, matrix.addmm_(eye(2), eye(2), 1f, 2f));
        Assert.Equal(4f, matrix.sum().ToSingle());
        x.zero_();
        Assert.Equal(0f, x.sum().ToSingle());
    }

    [Fact]
    public void Equality_signs_compare_element_by_element()
    {
        using var scope = NewDisposeScope();
        var x = arange(3);
        Assert.Equal([false, true, false], (x == 1).data<bool>().ToArray());
        Assert.Equal([true, false, true], (x != 1).data<bool>().ToArray());
        Assert.True(x.Equals(arange(3)));
        Assert.True(ones(2).allclose(ones(2) + 1e-9f));
    }

    [Fact]
    public void Conversions_change_type_and_keep_or_copy_the_values()
    {
        using var scope = NewDisposeScope();
        var x = ones(2);
        Assert.Equal(int64, x.to(int64).dtype);
        Assert.Equal(float16, x.half().dtype);
        var same = x.to(float32);
        same[0] = 5f;
        Assert.Equal(5f, x[0].ToSingle());
        var copy = x.to(float32, copy: true);
        copy[0] = 7f;
        Assert.Equal(5f, x[0].ToSingle());
        Assert.Equal("[2], type = Float32, device = cpu", x.ToString());
    }

    [Fact]
    public void Errors_carry_the_library_s_words()
    {
        using var scope = NewDisposeScope();
        Says("The size of tensor a (3) must match the size of tensor b (5) at non-singleton dimension 1", () => ones(2, 3) + ones(2, 5));
        Says("shape '[4, 2]' is invalid for input of size 6", () => ones(6).reshape(4, 2));
        Says("Expected size for first two dimensions of batch2 tensor to be: [2, 4] but got: [2, 3].", () => ones(2, 3, 4).bmm(ones(2, 3, 4)));
        Assert.StartsWith("select(): index 5 out of range", Assert.Throws<ExternalException>(() => ones(2)[5]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var x = ones(2);
        x.Dispose();
        Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(() => x + 1).Message);
    }

    [Fact]
    public void Tensors_are_saved_in_the_library_s_own_format()
    {
        using var scope = NewDisposeScope();
        var file = Path.GetTempFileName();
        save(arange(4), file);
        Assert.Equal(arange(4), load(file));
        File.Delete(file);
    }

    private static void Says(string message, Func<Tensor> call) => Assert.Equal(message, Assert.Throws<ExternalException>(call).Message);
}
