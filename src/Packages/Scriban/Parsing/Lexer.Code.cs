namespace Scriban.Parsing;

internal sealed partial class Lexer
{
    private int _openBraces;

    /// <summary>The next token of the code, or null when only whitespace was there.</summary>
    private Token? ReadCode()
    {
        if (ReadInterpolationBrace() is { } brace)
        {
            return brace;
        }

        var c = _cursor.Current;
        switch (c)
        {
            case '\n' or '\r':
                return ReadNewLine();
            case '{':
                _openBraces++;
                return Single(TokenType.OpenBrace);
            case '}':
                return ReadCloseBrace();
            case '#':
                SkipComment();
                return null;
            case '"' or '\'':
                return ReadString();
            case '`':
                return ReadVerbatimString();
            case '$' when _cursor.Peek(1) is '"' or '\'':
                return ReadInterpolatedString();
        }

        if (_cursor.SkipBlanks())
        {
            return null;
        }

        if (c is '$' or '_' || char.IsLetter(c))
        {
            return ReadIdentifier();
        }

        return char.IsDigit(c) ? ReadNumber() : ReadOperator();
    }

    private Token Single(TokenType type)
    {
        var at = _cursor.Advance();
        return new Token(type, at, at);
    }

    private Token ReadNewLine()
    {
        var start = _cursor.Position;
        _cursor.SkipWhitespace();
        return new Token(TokenType.NewLine, start, start);
    }

    private Token ReadCloseBrace()
    {
        if (_interpolationQuotes.Count > 0)
        {
            _interpolationJustClosed = true;
            return new Token(TokenType.CloseInterpolatedBrace, _cursor.Position, _cursor.Position);
        }

        if (_openBraces > 0)
        {
            _openBraces--;
        }
        else
        {
            Fail("Unexpected } while no matching {", _cursor.Position, _cursor.Position);
        }

        return Single(TokenType.CloseBrace);
    }

    private Token ReadOperator()
    {
        var (text, type) = Operators.At(Text, _cursor.Position.Offset);
        var start = _cursor.Position;
        return new Token(type, start, _cursor.Advance(Math.Max(1, text.Length)));
    }

    /// <summary>A comment from <c>#</c> to the end of the line, or between <c>##</c>; either way a block's end closes it.</summary>
    private void SkipComment()
    {
        _cursor.Advance();
        if (_cursor.Current != '#')
        {
            while (!_cursor.AtEnd && _cursor.Current is not ('\r' or '\n') && (_scriptOnly || !IsExit()))
            {
                _cursor.Advance();
            }

            return;
        }

        _cursor.Advance();
        while (!_cursor.AtEnd && !IsExit())
        {
            if (_cursor.Current == '#' && _cursor.Peek(1) == '#')
            {
                _cursor.Advance(2);
                return;
            }

            _cursor.Advance();
        }
    }

    private Token ReadIdentifier()
    {
        var start = _cursor.Position;
        var special = _cursor.Current == '$';
        var end = _cursor.Advance();
        if (special && _cursor.Current == '$')
        {
            return new Token(TokenType.IdentifierSpecial, start, _cursor.Advance());
        }

        while (IsIdentifierLetter(_cursor.Current))
        {
            end = _cursor.Advance();
        }

        return new Token(special ? TokenType.IdentifierSpecial : TokenType.Identifier, start, end);
    }

    private static bool IsIdentifierLetter(char c) => c == '_' || char.IsLetterOrDigit(c);
}
