using System.IO.Compression;
using System.Text;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Text.Tokenizers;

public class BertTests
{
    private const string Vocabulary = "bert-base-uncased/vocab.txt";
    private const string Phrases = "financial-phrasebank/Sentences_75Agree.txt";
    private const string Reviews = "imdb/train.csv.gz";
    private const string MoreReviews = "imdb/test.csv.gz";

    /// <summary>The first five are from google-research/bert, tokenization_test.py; the rest follow from its rule.</summary>
    [Theory]
    [InlineData(" \tHeLLo!how  \n Are yoU?  ", "hello ! how are you ?", "HeLLo ! how Are yoU ?")]
    [InlineData("H\u00E9llo", "hello", "H\u00E9llo")]
    [InlineData("ah\u535A\u63A8zz", "ah \u535A \u63A8 zz", "ah \u535A \u63A8 zz")]
    [InlineData("a\u0005b\u00ADc\uFFFDd\u200Be\uFEFFf", "abcdef", "abcdef")]
    [InlineData("x\u00A0y\u2028z\u3000\u0085w", "x y z w", "x y z w")]
    [InlineData("$1 + 2 < 3 = ^4` |5~ _6 snake_case", "$ 1 + 2 < 3 = ^ 4 ` | 5 ~ _ 6 snake _ case",
        "$ 1 + 2 < 3 = ^ 4 ` | 5 ~ _ 6 snake _ case")]
    [InlineData("10\u20AC \u00A35 \u00A9\u00AE \u00B0C 3\u20AC.", "10\u20AC \u00A35 \u00A9\u00AE \u00B0c 3\u20AC .",
        "10\u20AC \u00A35 \u00A9\u00AE \u00B0C 3\u20AC .")]
    [InlineData("\u0153uf Stra\u00DFe \u00F8re", "\u0153uf stra\u00DFe \u00F8re", "\u0153uf Stra\u00DFe \u00F8re")]
    [InlineData("so\U0001F600 good\u2764\uFE0F", "so\U0001F600 good\u2764", "so\U0001F600 good\u2764\uFE0F")]
    [InlineData("l\u2019art\u00E8re\u2026 \u00ABoui\u00BB\u2014non", "l \u2019 artere \u2026 \u00AB oui \u00BB \u2014 non",
        "l \u2019 art\u00E8re \u2026 \u00AB oui \u00BB \u2014 non")]
    [InlineData("\u0130stanbul \u039F\u0394\u039F\u03A3 \u03A3\u0391", "istanbul \u03BF\u03B4\u03BF\u03C2 \u03C3\u03B1",
        "\u0130stanbul \u039F\u0394\u039F\u03A3 \u03A3\u0391")]
    [InlineData("[SEP] a[MASK]", "[ sep ] a [ mask ]", "[ SEP ] a [ MASK ]")]
    [InlineData("a\uD800b \uD842\uDFB7c", "ab \uD842\uDFB7 c", "ab \uD842\uDFB7 c")]
    [InlineData(" \t ", "", "")]
    public void Words_are_those_of_BERT(string text, string uncased, string cased)
    {
        Assert.Equal(uncased, BertText.Of(text, lower: true, stripAccents: true));
        Assert.Equal(cased, BertText.Of(text, lower: false, stripAccents: false));
        Assert.Equal(cased, string.Join(' ', new BertReference([], lower: false).Words(text)));
    }

    [SharedDataFact(Vocabulary, Phrases)]
    public void Ids_of_FinancialPhraseBank_are_those_of_the_rule()
    {
        CheckAll(File.ReadLines(SharedDataFactAttribute.PathOf(Phrases), Encoding.Latin1));
    }

    [SharedDataFact(Vocabulary, Reviews, MoreReviews)]
    public void Ids_of_IMDB_are_those_of_the_rule()
    {
        CheckAll(Texts(Reviews));
        CheckAll(Texts(MoreReviews));
    }

    private static void CheckAll(IEnumerable<string> texts)
    {
        var vocabulary = File.ReadAllLines(SharedDataFactAttribute.PathOf(Vocabulary));
        var (uncased, cased) = (new BertReference(vocabulary, lower: true), new BertReference(vocabulary, lower: false));
        var (ours, oursCased) =
            (WordPieceTokenizer.Of(vocabulary, lower: true, stripAccents: true),
                WordPieceTokenizer.Of(vocabulary, lower: false, stripAccents: false));

        var different = texts.AsParallel()
            .Where(text => !Ids(ours, text).SequenceEqual(uncased.Ids(text)) || !Ids(oursCased, text).SequenceEqual(cased.Ids(text)));

        Assert.Empty(different.Take(3));
    }

    private static IEnumerable<string> Texts(string file)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(SharedDataFactAttribute.PathOf(file)), CompressionMode.Decompress));
        var rows = StrictCsv.Read(reader.ReadToEnd())!;
        var column = rows[0].IndexOf("text");
        return rows.Skip(1).Select(row => row[column]);
    }

    private static List<int> Ids(WordPieceTokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Encode(text, ids);
        return ids;
    }
}
