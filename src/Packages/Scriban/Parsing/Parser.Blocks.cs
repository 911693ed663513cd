using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    private bool _inCode;
    private int _blockLevel;
    private ScriptBlockStatement? _block;

    /// <summary>Parses statements up to the <c>end</c>, <c>else</c> or <c>when</c> that closes them.</summary>
    /// <param name="endsStatement">Whether the line must end behind the <c>end</c>; not so for a function inside of an expression.</param>
    private ScriptBlockStatement ParseBlock(ScriptNode owner, bool endsStatement = true)
    {
        _blockLevel++;
        Enter();
        var block = Open(new ScriptBlockStatement());
        var outer = _block;
        _block = block;
        try
        {
            var ended = false;
            var start = _current;
            while (ParseStatement(owner, endsStatement, ref ended, out var statement))
            {
                // A token that nothing can start with would be met again and again.
                _stopped |= _current == start && !ended;
                start = _current;
                if (statement is not null)
                {
                    block.Statements.Add(statement);
                }

                if (ended)
                {
                    break;
                }
            }

            CheckEnd(owner, ended);
        }
        finally
        {
            _block = outer;
            _depth--;
            _blockLevel--;
        }

        return Close(block);
    }

    private void CheckEnd(ScriptNode owner, bool ended)
    {
        if (ended && _blockLevel == 1 && !_endIsReported)
        {
            var at = new SourceSpan(_lexer.Path, _previous.End, _previous.End);
            LogError(owner, at, "Found <end> statement without a corresponding beginning of a block");
        }
        else if (!ended && _blockLevel > 1)
        {
            LogError(owner, SpanOf(_previous), "The <end> statement was not found");
        }
    }

    /// <summary>Parses one statement; false when there is none to come.</summary>
    private bool ParseStatement(ScriptNode owner, bool endsStatement, ref bool ended, out ScriptStatement? statement)
    {
        statement = null;
        while (!_stopped)
        {
            switch (_current.Type)
            {
                case TokenType.Eof:
                    return false;
                case TokenType.Raw or TokenType.Escape:
                    statement = ParseRaw();
                    if (owner is ScriptCaseStatement)
                    {
                        // Text between `case` and the first `when` is not part of the output.
                        statement = null;
                        continue;
                    }

                    return true;
                case TokenType.CodeEnter or TokenType.CodeExit or TokenType.EscapeEnter or TokenType.EscapeExit:
                    statement = ParseBraces();
                    return true;
                case TokenType.NewLine or TokenType.SemiColon when _inCode:
                    NextToken();
                    continue;
                case TokenType.Identifier or TokenType.IdentifierSpecial when _inCode:
                    return ParseWord(owner, endsStatement, ref ended, out statement);
            }

            if (_inCode && IsStartOfExpression())
            {
                statement = ParseExpressionStatement();
                return true;
            }

            LogError($"Unexpected token {Shown()}" + (_inCode ? string.Empty : " while not in a code block { ... }"));
            return false;
        }

        return false;
    }

    private ScriptRawStatement ParseRaw()
    {
        var raw = Open(new ScriptRawStatement(_lexer.Text, _current.Start.Offset, _current.Length));
        NextToken();
        return Close(raw);
    }

    private ScriptEscapeStatement ParseBraces()
    {
        var isCode = Is(TokenType.CodeEnter);
        var isEntering = isCode || Is(TokenType.EscapeEnter);
        _inCode = isCode;
        var braces = Open(new ScriptEscapeStatement(isEntering, isCode ? Indent() : string.Empty));
        NextToken();
        return Close(braces);
    }

    /// <summary>The blanks between the start of the line and the code, when nothing else stands there.</summary>
    private string Indent()
    {
        if (_block?.Statements is not [.., ScriptRawStatement raw])
        {
            return string.Empty;
        }

        var start = raw.End;
        while (start > 0 && _lexer.Text[start - 1] != '\n')
        {
            start--;
            if (!char.IsWhiteSpace(_lexer.Text[start]))
            {
                return string.Empty;
            }
        }

        return _lexer.Text[start..raw.End];
    }

    private bool ExpectEndOfStatement()
    {
        switch (_current.Type)
        {
            case TokenType.NewLine or TokenType.SemiColon:
                NextToken();
                return true;
            case TokenType.CodeExit or TokenType.Eof:
                return true;
            default:
                LogError($"Invalid token found `{Shown()}`. Expecting <EOL>/end of line.");
                _stopped = true;
                return false;
        }
    }
}
