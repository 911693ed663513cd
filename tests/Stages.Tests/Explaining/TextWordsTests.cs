using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Perturbation;

namespace Pipelines.Tests.Stages.Explaining;

public sealed class TextWordsTests
{
    /// <summary>From the tests of LIME's authors: words, where they start, and which words a bag knows them by.</summary>
    [Fact]
    public void Words_and_places_are_those_of_LIME()
    {
        var words = TextWords.Of("Please, take your time. Please");
        Assert.Equal(["Please", "take", "your", "time", "Please"], Texts(words));
        Assert.Equal([0, 8, 13, 18, 24], words.Words.Select(word => word.Start));

        var text = MaskableText.ByWord(words);
        Assert.Equal(4, text.Features);
        Assert.Equal(", take your time. ", text.Kept([false, true, true, true]));
        Assert.Equal("Please, take your time. Please", text.Kept([true, true, true, true]));
        Assert.Equal("Please, take your . Please", text.Kept([true, true, true, false]));
        Assert.Equal(5, MaskableText.ByOccurrence(words.Text, words.Words).Features);
        Assert.Equal([0.5, 2, 3, 4, 0.5], text.ToWords([1, 2, 3, 4]));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  ...\n", "")]
    [InlineData("l'artère", "l|artère")]
    [InlineData("a_b 3,5 x²", "a_b|3|5|x²")]
    [InlineData("non ☢️☢️ merci 👍🏽!", "non|☢️|☢️|merci|👍🏽")]
    [InlineData("👨‍👩‍👧 🇫🇷", "👨‍👩‍👧|🇫🇷")]
    [InlineData("ce\u0301te\u0301", "ce\u0301te\u0301")]
    [InlineData("هذا سيّئ جدًا", "هذا|سيّئ|جدًا")]
    public void Emojis_are_words_and_letters_keep_their_marks(string text, string words) =>
        Assert.Equal(words, string.Join('|', Texts(TextWords.Of(text))));

    [Fact]
    public void What_is_no_word_and_no_space_is_a_sign() =>
        Assert.Equal([5, 10], TextWords.Of("Well, so?! ").Signs.Select(sign => sign.End));

    private static IEnumerable<string> Texts(TextWords words) => Enumerable.Range(0, words.Words.Count).Select(word => words[word]);
}
