using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Tests.Stages.Models;

public sealed class TokenMaskingTests
{
    private const int Words = 95, Mask = 4;

    private static readonly WordPieceTokenizer Tokenizer = WordPieceTokenizer.Of(
        [.. WordPieceTraining.Specials, .. Enumerable.Range(0, Words).Select(i => $"w{i}")], lower: true, stripAccents: true);

    private readonly int[][] _texts =
        [.. Enumerable.Range(0, 2000).Select(row => (int[])[2, .. Enumerable.Range(0, 20).Select(i => 5 + (((7 * row) + i) % Words)), 3])];

    [Fact]
    public void Fifteen_percent_are_chosen_and_four_in_five_of_them_masked()
    {
        var masked = MaskedOf(_texts);
        Assert.Equal(2000 * 3, masked.Places.Length);
        var (hidden, other, same) = (0, 0, 0);
        for (var i = 0; i < masked.Places.Length; i++)
        {
            var (row, step) = Math.DivRem(masked.Places[i], 22);
            Assert.Equal(_texts[row][step], masked.Answers[i]);
            Assert.InRange(step, 1, 20);
            var shown = masked.Texts.Words[masked.Texts.Index.RowOfPosition[masked.Places[i]]];
            _ = shown == Mask ? hidden++ : shown == masked.Answers[i] ? same++ : other++;
        }
        // Of 6,000: five standard deviations around 4,800; a replacement is the token itself once in 95 times.
        Assert.InRange(hidden, 4645, 4955);
        Assert.InRange(other, 480, 710);
        Assert.InRange(same, 490, 725);
    }

    [Fact]
    public void What_is_not_chosen_stays()
    {
        var masked = MaskedOf(_texts);
        var chosen = masked.Places.ToHashSet();
        for (var position = 0; position < 2000 * 22; position++)
            if (!chosen.Contains(position))
                Assert.Equal(_texts[position / 22][position % 22], masked.Texts.Words[masked.Texts.Index.RowOfPosition[position]]);
    }

    [Fact]
    public void A_short_text_has_one_token_to_guess_and_one_without_tokens_none()
    {
        var masked = MaskedOf([[2, 7, 3], [2, 3], [2, 1, 3], []]);
        Assert.Equal([1], masked.Places);
        Assert.Equal([7], masked.Answers);
    }

    [Fact]
    public void The_same_stream_masks_the_same()
    {
        Assert.Equal(MaskedOf(_texts).Texts.Index.RowOfPosition, MaskedOf(_texts).Texts.Index.RowOfPosition);
        Assert.NotEqual(MaskedOf(_texts).Places, MaskedOf(_texts, seed: 2).Places);
    }

    private static MaskedTexts MaskedOf(int[][] texts, ulong seed = 1)
    {
        SeededRandom random = new(seed);
        return new TokenMasking(Tokenizer, 0.15).Of(texts, _ => random);
    }
}
