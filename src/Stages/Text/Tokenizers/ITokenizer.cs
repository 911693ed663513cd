namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>Cuts texts into tokens and numbers them; usable from several threads.</summary>
public interface ITokenizer
{
    /// <summary>The token of each id; ids run from 0 to <c>Count - 1</c>.</summary>
    IReadOnlyList<string> Vocabulary { get; }

    int PadId { get; }

    int UnknownId { get; }

    /// <summary>Special tokens put before (<c>[CLS]</c>) and after (<c>[SEP]</c>) every text; truncation keeps them.</summary>
    (int Before, int After) Specials { get; }

    /// <summary>Appends the ids of a text, special tokens included.</summary>
    void Encode(string text, List<int> ids);

    /// <summary>The tokens behind the ids of <see cref="Encode"/>, one for one.</summary>
    IReadOnlyList<Token> Tokens(string text);

    /// <summary>The first different tokens of a text that have no id of their own.</summary>
    IReadOnlyList<string> Unknown(string text, int most) =>
        [.. Tokens(text).Where(token => !token.Known).Select(token => token.Text).Distinct(StringComparer.Ordinal).Take(most)];

    /// <summary>A readable text for ids, without padding and special tokens.</summary>
    string Decode(ReadOnlySpan<int> ids);
}
