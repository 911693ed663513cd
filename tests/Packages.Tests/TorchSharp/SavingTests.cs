using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Pipelines.Tests.Packages.Torch;

public sealed class SavingTests
{
    [Fact]
    public void A_saved_module_is_count_then_name_type_shape_and_values()
    {
        using var linear = Linear(2, 2);
        var bytes = Saved(linear);
        Assert.Equal(44, bytes.Length);
        Assert.Equal([2, 6, .. "weight"u8, 6, 2, 2, 2], bytes[..12]);
        Assert.Equal(linear.weight.bytes.ToArray(), bytes[12..28]);
        Assert.Equal([4, .. "bias"u8, 6, 1, 2], bytes[28..36]);
        Assert.Equal(linear.bias!.bytes.ToArray(), bytes[36..]);
    }

    [Fact]
    public void Saving_closes_the_stream()
    {
        using var linear = Linear(2, 2);
        using var stream = new MemoryStream();
        linear.save(stream);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void A_loaded_module_computes_the_same()
    {
        using var scope = NewDisposeScope();
        using var first = Network();
        using var second = Network();
        var input = randn(3, 4);
        Assert.NotEqual(first.call(input), second.call(input));
        second.load(new MemoryStream(Saved(first)));
        Assert.Equal(first.call(input), second.call(input));
    }

    [Fact]
    public void Loading_into_other_shapes_or_names_is_refused()
    {
        using var linear = Linear(2, 2);
        using var wider = Linear(3, 2);
        Assert.StartsWith("Mismatched tensor shape while loading.", Assert.Throws<ArgumentException>(() => wider.load(new MemoryStream(Saved(linear)))).Message, StringComparison.Ordinal);
        using var deeper = Sequential(Linear(2, 2), Linear(2, 2));
        Assert.Equal(
            "Mismatched state_dict sizes: expected 4, but found 2 entries.",
            Assert.Throws<ArgumentException>(() => deeper.load(new MemoryStream(Saved(linear)))).Message);
        deeper.load(new MemoryStream(Saved(linear)), strict: false);
        Assert.Throws<FileNotFoundException>(() => linear.load("no such file"));
    }

    [Fact]
    public void A_state_with_other_names_is_refused_or_reported()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 2);
        var other = new Dictionary<string, Tensor> { ["zz"] = zeros(2) };
        Assert.Throws<InvalidOperationException>(() => linear.load_state_dict(other));
        var (missing, unexpected) = linear.load_state_dict(other, strict: false);
        Assert.Equal(["weight", "bias"], missing);
        Assert.Equal(["zz"], unexpected);
    }

    [Fact]
    public void A_state_is_copied_into_the_parameters()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 2);
        linear.load_state_dict(new Dictionary<string, Tensor> { ["weight"] = ones(2, 2), ["bias"] = zeros(2) });
        Assert.Equal([2f, 2f], linear.call(ones(2)).data<float>().ToArray());
    }

    [Fact]
    public void An_optimizer_goes_on_where_it_was_saved()
    {
        using var scope = NewDisposeScope();
        var file = Path.GetTempFileName();
        var (a, b) = (new Parameter(ones(3)), new Parameter(ones(3)));
        using var first = optim.Adam([a], 0.1);
        Step(first, a);
        first.save_state_dict(file);
        using var second = optim.Adam([b], 0.5);
        second.load_state_dict(file);
        File.Delete(file);
        using (no_grad()) b.copy_(a);
        Step(first, a);
        Step(second, b);
        Assert.Equal(a, b);
        Assert.Equal(0.1, second.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void The_state_of_another_optimizer_is_refused()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optim.SGD([new Parameter(ones(3))], 0.1).save_state_dict(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        using var adam = optim.Adam([new Parameter(ones(3))]);
        Assert.Throws<InvalidDataException>(() => adam.load_state_dict(reader));
    }

    private static void Step(optim.Optimizer optimizer, Parameter parameter)
    {
        optimizer.zero_grad();
        parameter.square().sum().backward();
        optimizer.step();
    }

    private static Sequential Network() => Sequential(Linear(4, 5), Tanh(), Linear(5, 2));

    private static byte[] Saved(Module module)
    {
        using var stream = new MemoryStream();
        module.save(stream);
        return stream.ToArray();
    }
}
