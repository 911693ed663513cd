namespace Scriban.Parsing;

/// <summary>A token; <see cref="End"/> is its last character.</summary>
internal readonly record struct Token(TokenType Type, TextPosition Start, TextPosition End)
{
    public static readonly Token Eof = new(TokenType.Eof, TextPosition.Eof, TextPosition.Eof);

    public int Length => End.Offset - Start.Offset + 1;

    public ReadOnlySpan<char> TextIn(string text)
        => Start.Offset >= 0 && End.Offset < text.Length && Length > 0 ? text.AsSpan(Start.Offset, Length) : "<eof>";
}
