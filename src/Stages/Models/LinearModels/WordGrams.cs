using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>
/// The words of a text as scikit-learn's CountVectorizer cuts them (<c>(?u)\b\w\w+\b</c> in lower case), and runs of them.
/// </summary>
internal static class WordGrams
{
    private const int MinLetters = 2;

    /// <param name="longest">How many words the longest runs have.</param>
    public static IEnumerable<string> Of(string text, int longest)
    {
        var words = Words(LowerCase.Of(text));
        for (var length = 1; length <= longest; length++)
            for (var first = 0; first + length <= words.Count; first++)
                yield return length == 1 ? words[first] : string.Join(' ', words.GetRange(first, length));
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && IsWordCharacter(text[i]))
                continue;
            if (i - start >= MinLetters)
                words.Add(text[start..i]);
            start = i + 1;
        }
        return words;
    }

    private static bool IsWordCharacter(char letter) => char.IsLetter(letter) || char.IsNumber(letter) || letter == '_';
}
