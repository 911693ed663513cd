using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Models.Rules;

/// <summary>
/// Labels by the words that speak for them: the label with the most of its words in a text, if one has more than any other.
/// </summary>
/// <param name="Words">By label.</param>
/// <param name="Otherwise">The label where none has the most.</param>
/// <param name="WholeWords">False: a word counts inside a longer one too (<c>hate</c> in <c>hated</c>).</param>
/// <param name="Confidence">Of a label that words decide.</param>
/// <param name="OtherwiseConfidence">Where none has the most.</param>
internal sealed record KeywordRules(
    SortedDictionary<string, IReadOnlyList<string>> Words, string Otherwise, bool WholeWords, double Confidence, double OtherwiseConfidence)
{
    public const string Architecture = "rules";

    /// <summary>All labels it can give.</summary>
    public IReadOnlyList<string> Labels => [.. Words.Keys, .. Words.ContainsKey(Otherwise) ? Array.Empty<string>() : [Otherwise]];

    /// <returns>The label, and whether words decide it.</returns>
    public (string Label, bool Decided) Decide(string text)
    {
        var lower = LowerCase.Of(text);
        var (best, most, isTied) = (Otherwise, 0, false);
        foreach (var (label, words) in Words)
        {
            var count = words.Count(word => Occurs(word, lower));
            (best, most, isTied) = count > most ? (label, count, false) : (best, most, isTied || count == most);
        }
        return most > 0 && !isTied ? (best, true) : (Otherwise, false);
    }

    private bool Occurs(string word, string text)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            if (!WholeWords || (IsBoundary(text, at - 1) && IsBoundary(text, at + word.Length)))
                return true;
        return false;
    }

    private static bool IsBoundary(string text, int at) => at < 0 || at >= text.Length || !char.IsLetterOrDigit(text[at]);
}
