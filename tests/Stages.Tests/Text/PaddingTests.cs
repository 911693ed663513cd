using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text;

namespace Pipelines.Tests.Stages.Text;

/// <summary>Cases of keras/src/utils/sequence_utils_test.py, and special tokens, which Keras does not know.</summary>
public class PaddingTests
{
    private static readonly int[][] Rows = [[1], [2, 3], [4, 5, 6]];

    [Fact]
    public void Pre_padding_puts_the_value_in_front() =>
        Assert.Equal([[0, 0, 1], [0, 2, 3], [4, 5, 6]], Pad(new(3, PaddingSide.Pre, PaddingSide.Pre), Rows));

    [Fact]
    public void Value_can_be_any_number() =>
        Assert.Equal([[-1, -1, 1], [-1, 2, 3], [4, 5, 6]], Pad(new(3, PaddingSide.Pre, PaddingSide.Pre, -1), Rows));

    [Fact]
    public void Post_padding_puts_the_value_behind() =>
        Assert.Equal([[1, 0, 0], [2, 3, 0], [4, 5, 6]], Pad(new(3), Rows));

    [Fact]
    public void Pre_truncation_keeps_the_end() =>
        Assert.Equal([[0, 1], [2, 3], [5, 6]], Pad(new(2, PaddingSide.Pre, PaddingSide.Pre), Rows));

    [Fact]
    public void Post_truncation_keeps_the_beginning() =>
        Assert.Equal([[0, 1], [1, 2], [1, 2]], Pad(new(2, PaddingSide.Pre), [[1], [1, 2], [1, 2, 3]]));

    [Fact]
    public void An_empty_text_is_all_padding() => Assert.Equal([[0, 0]], Pad(new(2), [[]]));

    [Theory]
    [InlineData(PaddingSide.Post, new[] { 101, 1, 2, 102 })]
    [InlineData(PaddingSide.Pre, new[] { 101, 3, 4, 102 })]
    public void Special_tokens_survive_truncation(PaddingSide truncating, int[] expected) =>
        Assert.Equal([expected], Pad(new(4, Truncating: truncating), [[101, 1, 2, 3, 4, 102]], (1, 1)));

    [Fact]
    public void Special_tokens_that_do_not_fit_are_cut_like_others() => Assert.Equal([[101]], Pad(new(1), [[101, 5, 102]], (1, 1)));

    [Fact]
    public void Settings_make_the_same_padding_again()
    {
        var padding = new Padding(7, PaddingSide.Pre, PaddingSide.Post, 1);
        Assert.Equal(padding, Padding.From(padding.ToSettings()));
    }

    private static int[][] Pad(Padding padding, int[][] rows, (int, int) specials = default) => [.. rows.Select(row =>
    {
        var padded = new int[padding.Length];
        padding.Apply(row, padded, specials);
        return padded;
    })];
}
