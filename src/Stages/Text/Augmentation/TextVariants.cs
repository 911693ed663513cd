using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Augmentation;

/// <summary>A text told a little differently: words swapped, dropped, replaced by synonyms (Wei and Zou 2019).</summary>
/// <param name="swap">Share of the words that change places with another.</param>
/// <param name="drop">Probability of each word to be left out; one word always stays.</param>
/// <param name="replace">Share of the words that become a synonym, of those that have one.</param>
internal sealed class TextVariants(double swap, double drop, double replace, Synonyms synonyms)
{
    public string Of(string text, SeededRandom random)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count == 0)
            return text;
        Replace(words, random);
        Swap(words, random);
        return string.Join(' ', Kept(words, random));
    }

    private void Replace(List<string> words, SeededRandom random)
    {
        int[] places = [.. Enumerable.Range(0, words.Count).Where(place => synonyms.Of(words[place]).Count > 0)];
        random.Shuffle<int>(places);
        foreach (var place in places.Take(Share(replace, words.Count)))
        {
            var others = synonyms.Of(words[place]);
            words[place] = others[random.NextBelow(others.Count)];
        }
    }

    private void Swap(List<string> words, SeededRandom random)
    {
        for (var times = words.Count > 1 ? Share(swap, words.Count) : 0; times > 0; times--)
        {
            var (first, second) = (random.NextBelow(words.Count), random.NextBelow(words.Count - 1));
            second += second >= first ? 1 : 0;
            (words[first], words[second]) = (words[second], words[first]);
        }
    }

    private List<string> Kept(List<string> words, SeededRandom random)
    {
        if (drop == 0)
            return words;
        var kept = words.Where(_ => random.NextDouble() >= drop).ToList();
        return kept.Count > 0 ? kept : [words[random.NextBelow(words.Count)]];
    }

    // At least one word, where anything is to change.
    private static int Share(double share, int words) => share == 0 ? 0 : Math.Max(1, (int)Math.Round(share * words));
}
