using System.Text;

namespace Pipelines.Stages.Text.Lemmas;

/// <summary>Marks of letters that Snowball's French rules set first and remove last.</summary>
internal static class FrenchMarks
{
    /// <summary>The word after <c>l'</c>, <c>qu'</c> and their like.</summary>
    public static string WithoutElision(string word)
    {
        var apostrophe = word.IndexOf('\'', StringComparison.Ordinal);
        var isElided = apostrophe switch
        {
            1 => "cdjlmnstz".Contains(word[0], StringComparison.Ordinal),
            2 => word.StartsWith("qu", StringComparison.Ordinal),
            _ => false,
        };
        return isElided && apostrophe < word.Length - 1 ? word[(apostrophe + 1)..] : word;
    }

    /// <summary>Capital <c>U I Y</c> where they are consonants, <c>He Hi</c> for <c>ë ï</c>.</summary>
    public static string Set(string word)
    {
        var marked = new StringBuilder(word);
        for (var at = 0; at < marked.Length; at++)
            while (Mark(marked, at))
            {
            }
        return marked.ToString();
    }

    public static string Remove(string word)
    {
        var plain = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
            if (word[i] != 'H')
                plain.Append(word[i] switch { 'I' => 'i', 'U' => 'u', 'Y' => 'y', var letter => letter });
            else if (i + 1 < word.Length && word[i + 1] is 'e' or 'i')
                plain.Append(word[++i] == 'e' ? 'ë' : 'ï');
        return plain.ToString();
    }

    private static bool Mark(StringBuilder word, int at)
    {
        var letter = word[at];
        var next = at + 1 < word.Length ? word[at + 1] : '\0';
        var nextIsBeforeVowel = at + 2 < word.Length && FrenchStemmer.IsVowel(word[at + 2]);
        if (FrenchStemmer.IsVowel(letter) && (next == 'y' || (next is 'u' or 'i' && nextIsBeforeVowel)))
            word[at + 1] = char.ToUpperInvariant(next);
        else if (letter is 'ë' or 'ï')
            word.Remove(at, 1).Insert(at, letter == 'ë' ? "He" : "Hi");
        else if (letter == 'y' && FrenchStemmer.IsVowel(next))
            word[at] = 'Y';
        else if (letter == 'q' && next == 'u')
            word[at + 1] = 'U';
        else
            return false;
        return true;
    }
}
