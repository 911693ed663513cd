using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text;

/// <summary>A text on its way from a person to a model: the same values a table holds for it.</summary>
/// <param name="Raw">As it was given.</param>
/// <param name="Text">After cleaning and lemmatizing.</param>
/// <param name="Tokens">Those a model gets to see, in order; what truncation removed is not among them.</param>
/// <param name="Ids">Padded as the chain says: <c>Tokens[i].Id == Ids[Start + i]</c>.</param>
/// <param name="Start">Where the first token stands in <paramref name="Ids"/>; above 0 only with padding in front.</param>
public sealed record EncodedText(string Raw, string Text, IReadOnlyList<Token> Tokens, int[] Ids, int Start)
{
    /// <summary>The number of real tokens, the <c>length</c> of a table.</summary>
    public int Length => Tokens.Count;

    /// <summary>How many tokens truncation removed.</summary>
    public int Removed { get; init; }

    /// <summary>The ids without padding.</summary>
    public ReadOnlySpan<int> RealIds => Ids.AsSpan(Start, Length);
}
