namespace Scriban.Parsing;

internal sealed partial class Lexer
{
    private readonly Stack<char> _interpolationQuotes = new();
    private bool _interpolationJustOpened;
    private bool _interpolationJustClosed;

    private Token ReadString()
    {
        var start = _cursor.Position;
        var quote = _cursor.Current;
        var last = _cursor.Advance();
        while (!_cursor.AtEnd)
        {
            if (_cursor.Current == quote)
            {
                return new Token(TokenType.String, start, _cursor.Advance());
            }

            last = ReadStringCharacter(braceEscapes: false);
        }

        return Unterminated("a string", quote, last);
    }

    private Token Unterminated(string what, char quote, TextPosition at)
        => Fail($"Unexpected end of file while parsing {what} not terminated by a {quote}", at, at);

    /// <summary>Reads a character or an escape and returns the position of its end.</summary>
    private TextPosition ReadStringCharacter(bool braceEscapes)
    {
        if (_cursor.Current != '\\')
        {
            return _cursor.Advance();
        }

        var backslash = _cursor.Advance();
        var length = EscapeSequence.LengthAt(Text, _cursor.Position.Offset, braceEscapes);
        if (length > 0)
        {
            return _cursor.Advance(length);
        }

        var at = _cursor.Position;
        Fail($"Unexpected escape character `{_cursor.Current}` in string. Only 0 ' \\ \" b f n r t v u0000-uFFFF x00-xFF are allowed", at, at);
        return backslash;
    }

    private Token ReadVerbatimString()
    {
        var start = _cursor.Position;
        var last = _cursor.Advance();
        while (!_cursor.AtEnd)
        {
            var quote = _cursor.Current == '`';
            last = _cursor.Advance();
            if (quote && _cursor.Current == '`')
            {
                last = _cursor.Advance();
            }
            else if (quote)
            {
                return new Token(TokenType.VerbatimString, start, last);
            }
        }

        return Unterminated("a verbatim string", '`', last);
    }

    private Token? ReadInterpolationBrace()
    {
        if (_interpolationJustOpened)
        {
            _interpolationJustOpened = false;
            var brace = _cursor.Position;
            brace = new TextPosition(brace.Offset - 1, brace.Line, brace.Column - 1);
            return new Token(TokenType.OpenInterpolatedBrace, brace, brace);
        }

        if (!_interpolationJustClosed)
        {
            return null;
        }

        _interpolationJustClosed = false;
        return ReadInterpolatedPart(_cursor.Position, _interpolationQuotes.Peek(), resumed: true);
    }

    private Token ReadInterpolatedString()
    {
        var start = _cursor.Advance();
        return ReadInterpolatedPart(start, _cursor.Current, resumed: false);
    }

    /// <summary>Reads up to the next opening brace or the closing quote; the cursor stands on the quote or on the brace that closed an expression.</summary>
    private Token ReadInterpolatedPart(TextPosition start, char quote, bool resumed)
    {
        var last = _cursor.Advance();
        while (!_cursor.AtEnd)
        {
            if (_cursor.Current == '{')
            {
                return OpenInterpolation(start, quote, resumed);
            }

            if (_cursor.Current == quote)
            {
                var end = _cursor.Advance();
                if (resumed)
                {
                    _interpolationQuotes.Pop();
                }

                return new Token(resumed ? TokenType.EndingInterpolatedString : TokenType.InterpolatedString, start, end);
            }

            last = ReadStringCharacter(braceEscapes: true);
        }

        return Unterminated("a string", quote, last);
    }

    private Token OpenInterpolation(TextPosition start, char quote, bool resumed)
    {
        var end = _cursor.Advance();
        _interpolationJustOpened = true;
        if (resumed)
        {
            return new Token(TokenType.ContinuationInterpolatedString, start, end);
        }

        _interpolationQuotes.Push(quote);
        return new Token(TokenType.BeginInterpolatedString, start, end);
    }
}
