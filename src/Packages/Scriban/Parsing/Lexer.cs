namespace Scriban.Parsing;

/// <summary>Splits a template into tokens: text, the braces around code, and the tokens of the code.</summary>
internal sealed partial class Lexer
{
    private readonly bool _scriptOnly;
    private readonly List<LogMessage> _errors = [];
    private TextCursor _cursor;
    private Block _block;
    private int _escapeCount;

    public Lexer(string text, string? path, LexerOptions options)
    {
        _cursor = new TextCursor(text);
        Path = path ?? "<input>";
        _scriptOnly = options.Mode == ScriptMode.ScriptOnly;
        _block = _scriptOnly ? Block.Code : Block.Raw;
    }

    private enum Block
    {
        Raw,
        Code,
        Escape,
    }

    public string Text => _cursor.Text;

    public string Path { get; }

    /// <summary>True where the text is code from its first character.</summary>
    public bool InScript => _scriptOnly;

    public IReadOnlyList<LogMessage> Errors => _errors;

    /// <summary>The next token; at the end <see cref="Token.Eof"/>, again and again.</summary>
    public Token Next()
    {
        while (true)
        {
            if (_cursor.AtEnd)
            {
                return Token.Eof;
            }

            if (Read() is { } token)
            {
                return token;
            }
        }
    }

    private Token? Read()
    {
        if (_scriptOnly)
        {
            return ReadCode();
        }

        return _block switch
        {
            Block.Raw when IsEnter(out _) => ReadEnter(),
            Block.Raw => ReadRaw(),
            _ when IsExit() => ReadExit(),
            Block.Code => ReadCode(),
            _ => ReadRaw(),
        };
    }

    /// <summary>At <c>{{</c> or <c>{%{</c>; <paramref name="strip"/> is the whitespace mark behind it, or NUL.</summary>
    private bool IsEnter(out char strip)
    {
        strip = '\0';
        if (_cursor.Current != '{')
        {
            return false;
        }

        var ahead = 1;
        while (_cursor.Peek(ahead) == '%')
        {
            ahead++;
        }

        if (_cursor.Peek(ahead) != '{')
        {
            return false;
        }

        strip = WhitespaceMark(_cursor.Peek(ahead + 1));
        return true;
    }

    private static char WhitespaceMark(char c) => c is '-' or '~' ? c : '\0';

    private Token ReadEnter()
    {
        var start = _cursor.Advance();
        while (_cursor.Current == '%')
        {
            _escapeCount++;
            _cursor.Advance();
        }

        var end = _cursor.Advance();
        if (WhitespaceMark(_cursor.Current) != '\0')
        {
            end = _cursor.Advance();
        }

        _block = _escapeCount > 0 ? Block.Escape : Block.Code;
        return new Token(_escapeCount > 0 ? TokenType.EscapeEnter : TokenType.CodeEnter, start, end);
    }

    /// <summary>At <c>}}</c> or, in an escaped block, at <c>}%}</c> with as many percent signs as at its start.</summary>
    private bool IsExit()
    {
        if (_openBraces > 0 || _interpolationQuotes.Count > 0)
        {
            return false;
        }

        var ahead = WhitespaceMark(_cursor.Current) == '\0' ? 0 : 1;
        if (_cursor.Peek(ahead) != '}')
        {
            return false;
        }

        for (var i = 1; i <= _escapeCount; i++)
        {
            if (_cursor.Peek(ahead + i) != '%')
            {
                return false;
            }
        }

        return _cursor.Peek(ahead + _escapeCount + 1) == '}';
    }

    private Token ReadExit()
    {
        var mark = WhitespaceMark(_cursor.Current);
        var start = _cursor.Position;
        var end = _cursor.Advance((mark == '\0' ? 0 : 1) + 2 + _escapeCount);
        var type = _escapeCount > 0 ? TokenType.EscapeExit : TokenType.CodeExit;
        if (mark == '-')
        {
            _cursor.SkipWhitespace();
        }
        else if (mark == '~')
        {
            _cursor.SkipBlanks();
            if (_cursor.Current == '\n')
            {
                _cursor.Advance();
            }
        }

        _escapeCount = 0;
        _block = Block.Raw;
        return new Token(type, start, end);
    }

    /// <summary>Text up to the next block, without the whitespace that the block's mark takes away.</summary>
    private Token? ReadRaw()
    {
        var start = _cursor.Position;
        var keep = default(TextPosition?);
        var keepLine = default(TextPosition?);
        var last = default(TextPosition?);
        var strip = '\0';
        while (!_cursor.AtEnd && !(_block == Block.Raw ? IsEnter(out strip) : IsExit()))
        {
            var c = _cursor.Current;
            last = _cursor.Advance();
            if (!char.IsWhiteSpace(c))
            {
                keep = last;
                keepLine = last;
            }
            else if (c == '\n' || (c == '\r' && _cursor.Current != '\n'))
            {
                keepLine = last;
            }
        }

        var end = strip switch { '-' => keep, '~' => keepLine, _ => last };
        return end is { } to ? new Token(_block == Block.Escape ? TokenType.Escape : TokenType.Raw, start, to) : null;
    }

    private Token Fail(string message, TextPosition start, TextPosition end)
    {
        _errors.Add(new LogMessage(ParserMessageType.Error, new SourceSpan(Path, start, end), message));
        return new Token(TokenType.Invalid, start, end);
    }
}
