using System.Text.RegularExpressions;

namespace Microsoft.ML.Tokenizers;

/// <summary>Pieces are what a pattern matches; special tokens are found first and stay whole.</summary>
public sealed class RegexPreTokenizer : PreTokenizer
{
    private readonly Regex _regex;
    private readonly Regex? _specialTokens;

    public RegexPreTokenizer(Regex regex, IReadOnlyDictionary<string, int>? specialTokens)
    {
        ArgumentNullException.ThrowIfNull(regex);
        _regex = regex;
        if (specialTokens is { Count: > 0 })
            _specialTokens = new(string.Join("|", specialTokens.Keys.Select(Regex.Escape)));
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        var pieces = new List<(int, int)>();
        var position = 0;
        if (_specialTokens is not null)
            foreach (var special in _specialTokens.EnumerateMatches(text))
            {
                Split(text, position, special.Index, pieces);
                pieces.Add((special.Index, special.Length));
                position = special.Index + special.Length;
            }
        Split(text, position, text.Length, pieces);
        return pieces;
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    private void Split(string text, int start, int end, List<(int Offset, int Length)> pieces)
    {
        foreach (var match in _regex.EnumerateMatches(text.AsSpan(start, end - start)))
            pieces.Add((start + match.Index, match.Length));
    }
}
