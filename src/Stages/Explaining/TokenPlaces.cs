using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Explaining;

/// <summary>
/// Finds where the tokens that a model reads stand in the raw text, whatever cleaning, lemmas and tokenizer made of it: each part between
/// spaces is encoded by itself, and what it gives is looked for among the tokens of the whole text.
/// </summary>
internal sealed class TokenPlaces(Predictor predictor)
{
    // Above it the middle of the two lists, where they differ, is not compared.
    private const long MaxComparisons = 25_000_000;

    private readonly int _before = predictor.Encoder.HasTokenizer && predictor.Encoder.Tokenizer.Specials != (0, 0)
        ? predictor.Encoder.Tokenizer.Specials.Before : predictor.Tokens("").Count;

    private readonly int _after = predictor.Encoder.HasTokenizer ? predictor.Encoder.Tokenizer.Specials.After : 0;

    /// <returns>For each token where it stands; null: it stands for nothing in the text, as special tokens do.</returns>
    public TextSpan?[] Of(string text, IReadOnlyList<Token> tokens)
    {
        List<(Token Token, TextSpan Place)> expected = [];
        for (var start = 0; start < text.Length;)
        {
            var from = start;
            while (from < text.Length && char.IsWhiteSpace(text[from]))
                from++;
            var end = from;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            // The space in front belongs to it: some tokenizers read it.
            if (end > from)
                expected.AddRange(TokensOf(text[start..end], from - start)
                    .Select(token => (token.Token, token.Place with { Start = start + token.Place.Start })));
            start = end;
        }
        return Match(expected, tokens);
    }

    private List<(Token Token, TextSpan Place)> TokensOf(string part, int first)
    {
        var tokens = predictor.Tokens(part);
        var folded = Folded(part);
        List<(Token, TextSpan)> placed = [];
        var cursor = first;
        for (var i = _before; i < tokens.Count - _after; i++)
        {
            var surface = Folded(Surface(tokens[i].Text));
            var at = surface.Length == 0 ? -1 : folded.IndexOf(surface, cursor, StringComparison.Ordinal);
            // A lemma, or the name of an emoji, stands for all that is left of the part.
            placed.Add((tokens[i], at < 0 ? TextSpan.Between(Math.Min(cursor, part.Length - 1), part.Length) : new(at, surface.Length)));
            if (at >= 0)
                cursor = at + surface.Length;
        }
        return placed;
    }

    private static string Surface(string token) =>
        (token.Length > 2 && token.StartsWith("##", StringComparison.Ordinal) ? token[2..] : token).TrimStart('▁', 'Ġ', ' ');

    /// <summary>In lower case and without accents, as long as before.</summary>
    private static string Folded(string text) => string.Create(text.Length, text, (folded, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            folded[i] = char.ToLowerInvariant(
                Accents.IsAccented(from[i]) && Accents.Strip(from[i].ToString()) is [var bare, ..] ? bare : from[i]);
    });

    private static TextSpan?[] Match(List<(Token Token, TextSpan Place)> expected, IReadOnlyList<Token> tokens)
    {
        var partner = LongestCommon([.. expected.Select(token => token.Token.Id)], [.. tokens.Select(token => token.Id)]);
        var places = new TextSpan?[tokens.Count];
        var next = 0;
        for (var i = 0; i < places.Length; i++)
        {
            if (partner[i] >= 0)
            {
                places[i] = expected[partner[i]].Place;
                next = partner[i] + 1;
                continue;
            }
            // What is left between two tokens that were found is what stands between them in the text.
            var end = Array.Find(partner[i..], other => other >= 0) is > 0 and var found ? found : expected.Count;
            if (i >= 0 && next < end && HasPartnerAround(partner, i))
                places[i] = TextSpan.Between(expected[next].Place.Start, expected[end - 1].Place.End);
        }
        return places;
    }

    private static bool HasPartnerAround(int[] partner, int at) =>
        partner[..at].Any(other => other >= 0) && partner[at..].Any(other => other >= 0);

    /// <returns>For each entry of <paramref name="right"/> its partner in <paramref name="left"/>, or -1.</returns>
    private static int[] LongestCommon(int[] left, int[] right)
    {
        var partner = new int[right.Length];
        Array.Fill(partner, -1);
        var (first, leftEnd, rightEnd) = (0, left.Length, right.Length);
        for (; first < leftEnd && first < rightEnd && left[first] == right[first]; first++)
            partner[first] = first;
        for (; leftEnd > first && rightEnd > first && left[leftEnd - 1] == right[rightEnd - 1]; leftEnd--, rightEnd--)
            partner[rightEnd - 1] = leftEnd - 1;
        var (rows, columns) = (leftEnd - first, rightEnd - first);
        if (rows == 0 || columns == 0 || (long)rows * columns > MaxComparisons)
            return partner;
        var lengths = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
            for (var j = columns - 1; j >= 0; j--)
                lengths[i, j] = left[first + i] == right[first + j]
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        for (int i = 0, j = 0; i < rows && j < columns;)
            if (left[first + i] == right[first + j])
                (partner[first + j], i, j) = (first + i, i + 1, j + 1);
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
                i++;
            else
                j++;
        return partner;
    }
}
