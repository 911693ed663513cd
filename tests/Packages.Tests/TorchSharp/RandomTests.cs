using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

// The generator of the CPU is one for the process.
[Collection(nameof(LifetimeTests))]
public sealed class RandomTests
{
    [Fact]
    public void A_seed_repeats_the_numbers_PyTorch_draws()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var first = randn(3);
        manual_seed(0);
        Assert.Equal(first, randn(3));
        Assert.True(first.allclose(tensor(new[] { 1.5409961f, -0.2934289f, -2.1787894f })));
        manual_seed(0);
        Assert.True(rand(2).allclose(tensor(new[] { 0.49625659f, 0.76822180f })));
        manual_seed(0);
        Assert.Equal([4L, 1, 7, 5, 3, 9, 0, 8, 6, 2], randperm(10).data<long>().ToArray());
    }

    [Fact]
    public void The_state_can_be_kept_and_restored()
    {
        using var scope = NewDisposeScope();
        var state = random.get_rng_state();
        var first = randn(4);
        random.set_rng_state(state);
        Assert.Equal(first, randn(4));
    }

    [Fact]
    public void A_generator_of_one_s_own_leaves_the_common_one_alone()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var expected = randn(2);
        manual_seed(1);
        using var generator = new Generator(5);
        var own = rand([2], generator: generator);
        Assert.Equal(expected, randn(2));
        generator.manual_seed(5);
        Assert.Equal(own, rand([2], generator: generator));
    }

    [Fact]
    public void Draws_keep_to_their_range_and_weights()
    {
        using var scope = NewDisposeScope();
        var numbers = randint(3, 6, [200]);
        Assert.Equal(3, numbers.min().item<long>());
        Assert.Equal(5, numbers.max().item<long>());
        Assert.Equal([1L, 1, 1], tensor(new[] { 0f, 1f, 0f }).multinomial(3, replacement: true).data<long>().ToArray());
        Assert.Equal(0f, zeros(50).bernoulli().sum().item<float>());
        var spread = zeros(1000).uniform_(2, 3);
        Assert.True(spread.min().item<float>() >= 2 && spread.max().item<float>() <= 3);
        Assert.Equal(3.0, zeros(20000).normal_(3, 2).mean().item<float>(), 0.1);
    }
}
