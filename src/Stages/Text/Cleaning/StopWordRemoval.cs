using System.Text;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>Leaves words of a list out; an elided word such as <c>l</c> goes with its apostrophe.</summary>
internal sealed class StopWordRemoval
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    public StopWordRemoval(IEnumerable<string> words) =>
        _words = words.ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public string Apply(string text)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        while (position < text.Length)
        {
            var end = position;
            while (end < text.Length && IsWordPart(text, end))
                end++;
            if (end > position)
                Append(result, text.AsSpan(position, end - position));
            else
                result.Append(text[end++]);
            position = end;
        }
        return result.ToString();
    }

    private void Append(StringBuilder result, ReadOnlySpan<char> word)
    {
        while (!_words.Contains(word))
        {
            var apostrophe = word.IndexOfAny('\'', '\u2019');
            if (apostrophe <= 0 || !FrenchElision.IsElided(word[..apostrophe]))
            {
                result.Append(word);
                return;
            }
            if (!_words.Contains(word[..apostrophe]))
                result.Append(word[..(apostrophe + 1)]);
            word = word[(apostrophe + 1)..];
        }
    }

    private static bool IsWordPart(string text, int at) => char.IsLetterOrDigit(text[at]) || (FrenchElision.IsApostrophe(text[at])
        && at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]));
}
