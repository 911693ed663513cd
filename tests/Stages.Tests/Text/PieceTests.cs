using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Tests.Stages.Text;

public class PieceTests
{
    /// <summary>A unigram model: &lt;unk&gt; &lt;s&gt; &lt;/s&gt; ▁le ▁chat s ▁, of falling scores.</summary>
    private const string Model =
        "Cg4KBTx1bms+FQAAAAAYAgoMCgM8cz4VAAAAABgDCg0KBDwvcz4VAAAAABgD" +
        "Cg4KBeKWgWxlFQAAAMAYAQoQCgfiloFjaGF0FQAAQMAYAQoKCgFzFQAAgMAYAQoMCgPiloEVAACgwBgBEgIYARoA";

    /// <summary>google-research/bert, tokenization_test.py.</summary>
    [Fact]
    public void Accents_go_as_in_BERT()
    {
        string[] vocabulary = ["[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing", ",", "[PAD]", "[MASK]"];
        var encoder = WordPieceTokenizer.Of(vocabulary, lower: true, stripAccents: true);

        Assert.Equal([1, 7, 4, 5, 10, 8, 9, 2], Ids(encoder, "UNwant\u00E9d,running"));
        Assert.Equal(["[CLS]", "un", "##want", "##ed", ",", "runn", "##ing", "[SEP]"], encoder.Tokens("UNwant\u00E9d,running")
            .Select(token => token.Text));
        Assert.Equal("unwanted, running", encoder.Decode([.. Ids(encoder, "UNwant\u00E9d,running"), 11, 11]));
    }

    /// <summary>Log of the finBERT notebook, with bert-base-uncased; only the ids it prints are in the vocabulary here.</summary>
    [Theory]
    [InlineData(
        "our in - depth expertise extends to the fields of energy , industry , urban & mobility and water & environment",
        "2256 1999 1011 5995 11532 8908 2000 1996 4249 1997 2943 1010 3068 1010 3923 1004 12969 1998 2300 1004 4044")]
    [InlineData(
        "later that day apple said it was rev ##ising down its earnings expectations " +
        "in the fourth quarter of 2018 , largely because of lower sales and signs of economic weakness in china .",
        "2101 2008 2154 6207 2056 2009 2001 7065 9355 2091 2049 16565 10908 1999 1996 2959 4284 " +
        "1997 2760 1010 4321 2138 1997 2896 4341 1998 5751 1997 3171 11251 1999 2859 1012")]
    public void Ids_are_those_of_bert_base_uncased(string pieces, string ids)
    {
        var vocabulary = Enumerable.Range(0, 30522).Select(id => $"[unused{id}]").ToArray();
        (vocabulary[0], vocabulary[100], vocabulary[101], vocabulary[102], vocabulary[103]) =
            ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
        var expected = ids.Split(' ').Select(int.Parse).ToArray();
        foreach (var (piece, id) in pieces.Split(' ').Zip(expected))
            vocabulary[id] = piece;
        var text = pieces.Replace(" ##", "", StringComparison.Ordinal);

        Assert.Equal([101, .. expected, 102],
            Ids(WordPieceTokenizer.Of(vocabulary, lower: true, stripAccents: true), text.ToUpperInvariant()));
    }

    [Fact]
    public void An_unknown_word_stays_readable()
    {
        var encoder = WordPieceTokenizer.Of(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "le"], lower: true, stripAccents: true);
        var again = WordPieceTokenizer.From(encoder.ToSettings());

        Assert.Equal(["[CLS]", "le", "chat", "[SEP]"], again.Tokens("Le Chat").Select(token => token.Text));
        Assert.Equal([true, true, false, true], again.Tokens("Le Chat").Select(token => token.Known));
    }

    [Fact]
    public void CamemBERT_has_four_tokens_in_front()
    {
        var encoder = SentencePieceTokenizer.Of(Convert.FromBase64String(Model), SentencePieceLayout.Camembert);

        Assert.Equal(["<s>NOTUSED", "<pad>", "</s>NOTUSED", "<unk>", "<unk>NOTUSED", "<s>", "</s>", "▁le", "▁chat", "s", "▁", "<mask>"],
            encoder.Vocabulary);
        Assert.Equal((1, 3), (encoder.PadId, encoder.UnknownId));
        Assert.Equal([5, 7, 8, 9, 6], Ids(encoder, "le chats"));
        Assert.Equal([5, 7, 10, 3, 6], Ids(encoder, "le ☃"));
        Assert.Equal([5, 6], Ids(encoder, ""));
        Assert.Equal("le chats", encoder.Decode([5, 7, 8, 9, 6, 1, 1]));
    }

    [Fact]
    public void A_plain_model_keeps_its_ids_and_gets_padding()
    {
        var encoder = SentencePieceTokenizer.From(
            SentencePieceTokenizer.Of(Convert.FromBase64String(Model), SentencePieceLayout.Plain).ToSettings());

        Assert.Equal([1, 3, 4, 5, 2], Ids(encoder, "le chats"));
        Assert.Equal(7, encoder.PadId);
        Assert.Equal("<pad>", encoder.Vocabulary[7]);
        Assert.Equal(Ids(encoder, "le ☃ chat"), encoder.Tokens("le ☃ chat").Select(token => token.Id));
        Assert.Equal("le chats", encoder.Decode([1, 3, 4, 5, 2, 7]));
    }

    private static List<int> Ids(ITokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Encode(text, ids);
        return ids;
    }
}
