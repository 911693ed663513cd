using Microsoft.ML.Tokenizers;

namespace Pipelines.Tests.Packages.Tokenizers;

/// <summary>Outputs are those of Microsoft.ML.Tokenizers 2.0.0.</summary>
public class WordPieceTokenizerTests
{
    [Fact]
    public void Words_are_cut_at_white_space_alone()
    {
        var tokenizer = WordPieceTokenizer.Create(Vocabulary.Small);
        Assert.Equal([5, 1], tokenizer.EncodeToIds("the jumps."));
        Assert.IsType<RegexPreTokenizer>(tokenizer.PreTokenizer);
    }

    [Fact]
    public void Pieces_are_the_longest_of_the_vocabulary()
    {
        var tokenizer = WordPieceTokenizer.Create(Vocabulary.Small, new WordPieceOptions { PreTokenizer = PreTokenizer.CreateWordOrPunctuation() });
        var ids = tokenizer.EncodeToIds("the jumps unaffable zzz.");

        Assert.Equal([5, 9, 10, 18, 19, 20, 1, 16], ids);
        Assert.Equal("the jumps unaffable [UNK].", tokenizer.Decode(ids));
    }

    [Fact]
    public void Long_words_are_unknown()
    {
        var tokenizer = WordPieceTokenizer.Create(Vocabulary.Small, new WordPieceOptions { MaxInputCharsPerWord = 4 });
        Assert.Equal([5, 1], tokenizer.EncodeToIds("the jumps"));
    }

    [Fact]
    public void The_unknown_token_must_be_in_the_vocabulary()
    {
        var error = Assert.Throws<ArgumentException>(() => WordPieceTokenizer.Create(Vocabulary.Of("the")));
        Assert.Equal("The unknown token '[UNK]' is not in the vocabulary.", error.Message);
    }

    [Fact]
    public void Pre_tokenizers_give_places()
    {
        Assert.Equal([(1, 2), (5, 3)], PreTokenizer.CreateWhiteSpace().PreTokenize(" ab  cd!"));
        Assert.Equal([(0, 2), (2, 1), (3, 1), (5, 2)], PreTokenizer.CreateWordOrPunctuation().PreTokenize("ab!? cd"));
        Assert.Equal([(0, 2), (2, 2), (5, 2)], PreTokenizer.CreateWordOrNonWord().PreTokenize("ab!? cd"));
        Assert.Equal([(0, 5), (6, 2)], PreTokenizer.CreateWordOrPunctuation(new Dictionary<string, int> { ["[CLS]"] = 2 }).PreTokenize("[CLS] ab"));
    }

    [Fact]
    public void Lower_case_is_a_normalizer() => Assert.Equal("àbx", LowerCaseNormalizer.Instance.Normalize("ÀBX"));
}
