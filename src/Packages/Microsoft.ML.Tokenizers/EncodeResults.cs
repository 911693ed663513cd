namespace Microsoft.ML.Tokenizers;

/// <summary>What an encoding gives: tokens or ids, the normalized text, and how much of it was used.</summary>
public struct EncodeResults<T>
{
    public IReadOnlyList<T> Tokens { get; set; }

    public string? NormalizedText { get; set; }

    public int CharsConsumed { get; set; }
}
