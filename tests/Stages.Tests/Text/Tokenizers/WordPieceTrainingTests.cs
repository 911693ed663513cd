using Pipelines.Stages.Text.Tokenizers;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Text.Tokenizers;

public sealed class WordPieceTrainingTests
{
    [Fact]
    public void The_pair_that_stands_side_by_side_most_often_becomes_a_piece()
    {
        // hug 10, pug 5, pun 12, bun 4, hugs 5: ug 20 times, then un 16, then hug 15.
        Dictionary<string, long> words = new() { ["hug"] = 10, ["pug"] = 5, ["pun"] = 12, ["bun"] = 4, ["hugs"] = 5 };
        Assert.Equal(
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "##g", "##n", "##s", "##u", "b", "h", "p", "##ug", "##un", "hug"],
            WordPieceTraining.Learn(words, 15, 2));
    }

    [Fact]
    public void It_ends_where_no_pair_is_frequent_enough()
    {
        Dictionary<string, long> words = new() { ["ab"] = 3, ["cd"] = 1 };
        Assert.Equal(["##b", "##d", "a", "c", "ab"], WordPieceTraining.Learn(words, 100, 2).Skip(5));
    }

    [Fact]
    public void A_size_below_the_characters_is_refused() => Assert.Contains("3 different characters",
        Assert.Throws<ArgumentException>(() => WordPieceTraining.Learn([KeyValuePair.Create("abc", 1L)], 7, 1)).Message,
        StringComparison.Ordinal);

    /// <summary>Against counting all pairs anew after every merge.</summary>
    [SharedDataFact("icd10/test.csv")]
    public void It_is_what_counting_anew_after_every_piece_gives() => CompareOn(SharedDataFactAttribute.PathOf("icd10/test.csv"));

    [Fact]
    public void So_it_is_on_the_sample_wordings() =>
        CompareOn(Path.Combine(Golden.FolderOf(), "../../../../data/samples/icd10/test.csv"));

    private static void CompareOn(string file)
    {
        WordCounts counts = new();
        foreach (var line in File.ReadLines(file).Take(3000))
            WordPieceTokenizer.Count(line, lower: true, stripAccents: true, counts);
        var words = counts.Ranked();
        var learned = WordPieceTraining.Learn(words, 260, 2);
        Assert.Equal(260, learned.Count);
        Assert.Equal(Anew(words, 260), learned);
        // Every word of the texts is made of it, the longest pieces first.
        var tokenizer = WordPieceTokenizer.Of(learned, lower: true, stripAccents: true);
        Assert.All(words, word => Assert.DoesNotContain(tokenizer.UnknownId, Ids(tokenizer, word.Key)));
    }

    private static List<int> Ids(WordPieceTokenizer tokenizer, string text)
    {
        List<int> ids = [];
        tokenizer.Encode(text, ids);
        return ids;
    }

    private static IEnumerable<string> Anew(IReadOnlyList<KeyValuePair<string, long>> counts, int size)
    {
        var words = counts.Select(word => (
            Pieces: word.Key.EnumerateRunes().Select((rune, i) => (i == 0 ? "" : "##") + rune).ToList(), word.Value)).ToList();
        List<string> vocabulary = [.. words.SelectMany(word => word.Pieces).Distinct().Order(StringComparer.Ordinal)];
        while (vocabulary.Count < size - 5)
        {
            Dictionary<(string, string), long> pairs = [];
            foreach (var (pieces, count) in words)
                for (var i = 0; i + 1 < pieces.Count; i++)
                    pairs[(pieces[i], pieces[i + 1])] = pairs.GetValueOrDefault((pieces[i], pieces[i + 1])) + count;
            var best = pairs.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Item1, StringComparer.Ordinal)
                .ThenBy(pair => pair.Key.Item2, StringComparer.Ordinal).First().Key;
            var merged = best.Item1 + best.Item2[2..];
            foreach (var (pieces, _) in words)
                for (var i = 0; i + 1 < pieces.Count; i++)
                    if (pieces[i] == best.Item1 && pieces[i + 1] == best.Item2)
                    {
                        pieces[i] = merged;
                        pieces.RemoveAt(i + 1);
                    }
            if (!vocabulary.Contains(merged))
                vocabulary.Add(merged);
        }
        return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. vocabulary];
    }
}
