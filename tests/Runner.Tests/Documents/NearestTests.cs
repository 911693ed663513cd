using Pipelines.Runner.Documents;

namespace Pipelines.Tests.Runner.Documents;

public sealed class NearestTests
{
    [Theory]
    [InlineData("droput", "dropout")]
    [InlineData("epohcs", "epochs")]
    [InlineData("Epochs", "epochs")]
    [InlineData("batch-size", "batch_size")]
    [InlineData("lerning_rate", "learning_rate")]
    public void A_typing_error_finds_its_name(string typed, string meant) =>
        Assert.Equal(meant, Nearest.To(typed, ["dropout", "epochs", "batch_size", "learning_rate", "units"]));

    [Theory]
    [InlineData("zzz")]
    [InlineData("e")]
    [InlineData("")]
    [InlineData("completely_different")]
    public void A_name_that_is_not_near_finds_nothing(string typed) =>
        Assert.Null(Nearest.To(typed, ["dropout", "epochs", "a"]));

    [Fact]
    public void Few_options_are_listed_and_many_are_not()
    {
        Assert.Equal("did you mean 'abc'? (words: abc, xyz)", Nearest.Help("abd", ["abc", "xyz"], "words"));
        Assert.Equal("words: abc, xyz", Nearest.Help("mno", ["abc", "xyz"], "words"));
        Assert.Equal("did you mean 'name7'?", Nearest.Help("nmae7", [.. Enumerable.Range(0, 9).Select(i => $"name{i}")], "words"));
        Assert.Null(Nearest.Help("x", [], "words"));
    }
}
