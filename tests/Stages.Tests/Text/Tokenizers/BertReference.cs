using System.Globalization;
using System.Text;
using ADRaffy.ENSNormalize;

namespace Pipelines.Tests.Stages.Text.Tokenizers;

/// <summary>
/// BERT's basic tokenizer and WordPiece written down from the published rule (google-research/bert), as plainly as it is told.
/// </summary>
internal sealed class BertReference(IReadOnlyList<string> vocabulary, bool lower)
{
    private const int MaxWordLength = 100;

    private readonly Dictionary<string, int> _ids = vocabulary.Index().ToDictionary(piece => piece.Item, piece => piece.Index);

    public List<int> Ids(string text) => [_ids["[CLS]"], .. Words(text).SelectMany(Pieces), _ids["[SEP]"]];

    public IEnumerable<string> Words(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is '\t' or '\n' or '\r'
                || category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                clean.Append(' ');
            else if (rune.Value is 0 or 0xFFFD || category is UnicodeCategory.Control or UnicodeCategory.Format)
                continue;
            else
                clean.Append(IsChinese(rune.Value) ? $" {rune} " : rune.ToString());
        }
        return clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => Split(lower ? Bare(word.ToLowerInvariant()) : word));
    }

    private static string Bare(string word) => string.Concat(ENSNormalize.NF.NFD(word).EnumerateRunes()
        .Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark));

    private static IEnumerable<string> Split(string word)
    {
        var part = "";
        foreach (var rune in word.EnumerateRunes())
            if (!IsPunctuation(rune))
                part += rune;
            else
            {
                if (part.Length > 0)
                    yield return part;
                part = "";
                yield return rune.ToString();
            }
        if (part.Length > 0)
            yield return part;
    }

    private IEnumerable<int> Pieces(string word)
    {
        var pieces = new List<int>();
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            while (end > start && !_ids.ContainsKey((start > 0 ? "##" : "") + word[start..end]))
                end--;
            if (end == start || word.Length > MaxWordLength)
                return [_ids["[UNK]"]];
            pieces.Add(_ids[(start > 0 ? "##" : "") + word[start..end]]);
            start = end;
        }
        return pieces;
    }

    private static bool IsPunctuation(Rune rune) =>
        rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
            or UnicodeCategory.OtherPunctuation;

    private static bool IsChinese(int code) => code is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x2F800 and <= 0x2FA1F);
}
