namespace Microsoft.ML.Tokenizers;

/// <summary>A normalized text and the pieces it was cut into; one piece when nothing cuts it.</summary>
/// <param name="Normalized">Null when no normalizer was applied.</param>
internal sealed record PreparedText(string Text, string? Normalized, IEnumerable<(int Offset, int Length)> Pieces)
{
    public static PreparedText Of(string text, EncodeSettings settings, Normalizer? normalizer, PreTokenizer? preTokenizer)
    {
        var normalized = settings.ConsiderNormalization ? normalizer?.Normalize(text) : null;
        var prepared = normalized ?? text;
        var pieces = settings.ConsiderPreTokenization && preTokenizer is not null ? preTokenizer.PreTokenize(prepared) : [(0, prepared.Length)];
        return new(prepared, normalized, pieces);
    }
}
