namespace Scriban.Parsing;

/// <summary>Walks a text character by character and knows line and column.</summary>
internal struct TextCursor(string text)
{
    private TextPosition _position;

    public readonly string Text => text;

    public readonly TextPosition Position => _position;

    public readonly bool AtEnd => _position.Offset >= text.Length;

    /// <summary>The current character, or NUL behind the end.</summary>
    public readonly char Current => Peek(0);

    public readonly char Peek(int ahead)
    {
        var offset = _position.Offset + ahead;
        return offset < text.Length ? text[offset] : '\0';
    }

    /// <summary>Moves on by one character and returns the position of the character left behind.</summary>
    public TextPosition Advance()
    {
        var left = _position;
        if (AtEnd)
        {
            return left;
        }

        var current = text[_position.Offset];
        _position.Offset++;
        if (AtEnd)
        {
            return left;
        }

        if (current == '\n' || (current == '\r' && text[_position.Offset] != '\n'))
        {
            _position.Line++;
            _position.Column = 0;
        }
        else
        {
            _position.Column++;
        }

        return left;
    }

    /// <summary>Moves on by <paramref name="count"/> characters and returns the position of the last one.</summary>
    public TextPosition Advance(int count)
    {
        var last = _position;
        for (; count > 0; count--)
        {
            last = Advance();
        }

        return last;
    }

    public void SkipWhitespace()
    {
        while (!AtEnd && char.IsWhiteSpace(Current))
        {
            Advance();
        }
    }

    /// <summary>Skips whitespace within the line; true when something was skipped.</summary>
    public bool SkipBlanks()
    {
        var start = _position.Offset;
        while (!AtEnd && char.IsWhiteSpace(Current) && Current != '\n')
        {
            Advance();
        }

        return _position.Offset != start;
    }
}
