using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    /// <summary>An <c>else</c> or <c>when</c> in the wrong place has its own message.</summary>
    private bool _endIsReported;

    /// <summary>Parses a statement that starts with a word; false when nothing may follow.</summary>
    private bool ParseWord(ScriptNode owner, bool endsStatement, ref bool ended, out ScriptStatement? statement)
    {
        var word = TextOf(_current);
        switch (word)
        {
            case "end":
                ended = true;
                statement = ParseEnd(endsStatement);
                return true;
            case "when":
                ended = true;
                return ParseWhen(owner, out statement);
            case "else":
                ended = true;
                statement = null;
                return ParseElse(owner);
        }

        if (owner is ScriptCaseStatement)
        {
            LogError($"Unexpected statement/expression `{word}` in the body of a `case` statement. Only `when`/`else` are expected.");
        }

        statement = word switch
        {
            "for" or "tablerow" or "while" when PeekToken().Type == TokenType.Dot => ParseExpressionStatement(),
            "for" => ParseFor(new ScriptForStatement()),
            "tablerow" => ParseFor(new ScriptTableRowStatement()),
            "while" => ParseWhile(),
            "if" => ParseIf(),
            "case" => ParseCase(),
            "with" => ParseWith(),
            "wrap" => ParseWrap(),
            "import" => ParseImport(),
            "readonly" => ParseReadOnly(),
            "capture" => ParseCapture(),
            "func" => ParseFunction(isAnonymous: false),
            "ret" => ParseReturn(),
            "break" => ParseLoopExit(ScriptFlowState.Break),
            "continue" => ParseLoopExit(ScriptFlowState.Continue),
            _ => ParseExpressionStatement(),
        };
        return true;
    }

    private T OpenWord<T>(T node)
        where T : ScriptNode
    {
        Open(node);
        NextToken();
        return node;
    }

    private ScriptBlockStatement? ParseBody(ScriptNode owner) => ExpectEndOfStatement() ? ParseBlock(owner) : null;

    private ScriptStatement ParseExpressionStatement()
    {
        var statement = Open(new ScriptExpressionStatement());
        var expression = ExpectExpression(statement);
        if (expression is ScriptFunctionDeclaration declaration)
        {
            return declaration.Function;
        }

        statement.Expression = expression;
        if (expression is not null)
        {
            ExpectEndOfStatement();
        }

        return Close(statement);
    }

    private ScriptEndStatement ParseEnd(bool endsStatement)
    {
        var end = OpenWord(new ScriptEndStatement());
        if (endsStatement)
        {
            ExpectEndOfStatement();
        }

        return Close(end);
    }

    private ScriptIfStatement ParseIf()
    {
        var statement = OpenWord(new ScriptIfStatement());
        statement.Condition = ExpectExpression(statement, allowAssignment: false);
        statement.Then = ParseBody(statement);
        return Close(statement);
    }

    private bool ParseElse(ScriptNode owner)
    {
        var start = _current;
        var next = PeekToken();
        ScriptStatement branch;
        if (next.Type == TokenType.Identifier && TextOf(next) == "if")
        {
            NextToken();
            branch = ParseIf();
        }
        else
        {
            var otherwise = OpenWord(new ScriptElseStatement());
            otherwise.Body = ParseBody(otherwise);
            branch = Close(otherwise);
        }

        switch (owner)
        {
            case ScriptIfStatement statement:
                statement.Else = branch;
                return true;
            case ScriptWhenStatement statement:
                statement.Next = branch;
                return true;
            case ScriptForStatement statement when branch is ScriptElseStatement otherwise:
                statement.Else = otherwise;
                return true;
            case ScriptForStatement:
                LogError(branch.Span, "Invalid if/else combination within a for statement.");
                return true;
            default:
                LogError(SpanOf(start), "A else condition must be preceded by another if/else/when condition or a for loop.");
                _endIsReported = true;
                return false;
        }
    }

    private ScriptCaseStatement ParseCase()
    {
        var statement = OpenWord(new ScriptCaseStatement());
        statement.Value = ExpectExpression(statement, allowAssignment: false);
        statement.Body = ParseBody(statement);
        return Close(statement);
    }

    private bool ParseWhen(ScriptNode owner, out ScriptStatement? statement)
    {
        var start = _current;
        var when = OpenWord(new ScriptWhenStatement());
        while (IsStartOfExpression() && ParseExpression(when, mode: ExpressionMode.When, allowAssignment: false) is { } value)
        {
            when.Values.Add(value);
            if (_current.Type is TokenType.Comma or TokenType.DoubleVerticalBar)
            {
                NextToken();
            }
        }

        if (when.Values.Count == 0)
        {
            LogError("When is expecting at least one value.");
        }

        when.Body = ParseBody(when);
        Close(when);
        statement = owner is ScriptCaseStatement ? when : null;
        switch (owner)
        {
            case ScriptWhenStatement previous:
                previous.Next = when;
                return true;
            case ScriptCaseStatement:
                return true;
            default:
                LogError(SpanOf(start), "A `when` condition must be preceded by another `when`/`else`/`case` condition");
                _endIsReported = true;
                return false;
        }
    }

    private T ParseFor<T>(T statement)
        where T : ScriptForStatement
    {
        OpenWord(statement);
        statement.Variable = ExpectExpression(statement, mode: ExpressionMode.Basic);
        if (statement.Variable is null)
        {
            return Close(statement);
        }

        if (statement.Variable is not ScriptPathExpression)
        {
            LogError(statement, statement.Span, $"Expecting a variable instead of `{statement.Variable}`");
        }

        if (IsWord("in"))
        {
            NextToken();
        }
        else
        {
            LogError(statement, statement.Span, $"Expecting 'in' word instead of `{Shown()}`");
        }

        statement.Iterator = ExpectExpression(statement);
        Close(statement);
        statement.Body = ParseBody(statement);
        return Close(statement);
    }

    private ScriptWhileStatement ParseWhile()
    {
        var statement = OpenWord(new ScriptWhileStatement());
        statement.Condition = ExpectExpression(statement, allowAssignment: false);
        statement.Body = ParseBody(statement);
        return Close(statement);
    }

    private ScriptWithStatement ParseWith()
    {
        var statement = OpenWord(new ScriptWithStatement());
        statement.Target = ExpectExpression(statement);
        statement.Body = ParseBody(statement);
        return Close(statement);
    }

    private ScriptWrapStatement ParseWrap()
    {
        var statement = OpenWord(new ScriptWrapStatement());
        statement.Target = ExpectExpression(statement);
        statement.Body = ParseBody(statement);
        return Close(statement);
    }

    private ScriptCaptureStatement ParseCapture()
    {
        var statement = OpenWord(new ScriptCaptureStatement());
        statement.Target = ExpectExpression(statement);
        statement.Body = ParseBody(statement);
        return Close(statement);
    }

    private ScriptImportStatement ParseImport()
    {
        var statement = OpenWord(new ScriptImportStatement());
        statement.Expression = ExpectExpression(statement);
        ExpectEndOfStatement();
        return Close(statement);
    }

    private ScriptReadOnlyStatement ParseReadOnly()
    {
        var statement = OpenWord(new ScriptReadOnlyStatement());
        statement.Variable = ExpectVariable(statement);
        ExpectEndOfStatement();
        return Close(statement);
    }

    private ScriptReturnStatement ParseReturn()
    {
        var statement = OpenWord(new ScriptReturnStatement());
        if (IsStartOfExpression())
        {
            statement.Expression = ParseExpression(statement);
        }

        ExpectEndOfStatement();
        return Close(statement);
    }

    private ScriptLoopExitStatement ParseLoopExit(ScriptFlowState exit)
    {
        var statement = OpenWord(new ScriptLoopExitStatement(exit));
        ExpectEndOfStatement();
        return Close(statement);
    }
}
