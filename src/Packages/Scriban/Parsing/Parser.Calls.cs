using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    /// <summary>An expression follows another one: the first is a function, the second its argument, or an option of a loop.</summary>
    private Step ParseArguments(Expression e)
    {
        var loop = e.Parent as ScriptForStatement;
        if (Is(TokenType.Identifier) && (loop is not null || PeekToken().Type == TokenType.Colon))
        {
            return ParseNamedArguments(e, loop);
        }

        var isExplicit = Is(TokenType.OpenParen) && !FollowsWhitespace();
        if (isExplicit)
        {
            e.Left = ParseExplicitCall(e.Left);
            return Step.Again;
        }

        if (e.Call is null)
        {
            e.Call = OpenAt(e.Left, new ScriptFunctionCall(e.Left, isExplicit: false));
            return Step.Operand;
        }

        e.Call.Arguments.Add(e.Left);
        e.Call.Span = e.Call.Span.UpTo(e.Left.Span);
        return Step.Operand;
    }

    private Step ParseNamedArguments(Expression e, ScriptForStatement? loop)
    {
        if (loop is null)
        {
            if (e.Call is null)
            {
                e.Call = OpenAt(e.Left, new ScriptFunctionCall(e.Left, isExplicit: false));
            }
            else
            {
                e.Call.Arguments.Add(e.Left);
            }
        }

        while (Is(TokenType.Identifier) && (loop is not null || PeekToken().Type == TokenType.Colon))
        {
            var argument = ParseNamed(e);
            if (loop is not null)
            {
                loop.Options.Add(argument);
                continue;
            }

            e.Call!.Arguments.Add(argument);
            e.Call.Span = e.Call.Span.UpTo(argument.Span);
            if (argument.Value is ScriptAnonymousFunction)
            {
                break;
            }
        }

        if (loop is null && IsStartOfExpression())
        {
            return Step.Operand;
        }

        if (e.Call is not null)
        {
            e.Left = e.Call;
            e.Call = null;
        }

        return IsPipe() ? Step.Again : Step.Finish;
    }

    /// <summary>A name with a value behind a colon, or a name alone.</summary>
    private ScriptNamedArgument ParseNamed(Expression e)
    {
        var start = SpanOf(_current);
        var name = TextOf(_current);
        NextToken();
        ScriptExpression? value = null;
        if (Is(TokenType.Colon))
        {
            NextToken();
            value = ExpectExpression(e.Parent, mode: ExpressionMode.Basic);
        }

        var argument = Open(new ScriptNamedArgument(name, value));
        argument.Span = new SourceSpan(_lexer.Path, start.Start, _previous.End);
        return argument;
    }

    private ScriptFunctionCall ParseExplicitCall(ScriptExpression target)
    {
        var call = OpenAt(target, new ScriptFunctionCall(target, isExplicit: true));
        NextToken();
        while (!Is(TokenType.CloseParen))
        {
            if (call.Arguments.Count > 0)
            {
                if (Is(TokenType.Comma))
                {
                    NextToken();
                }
                else
                {
                    LogError("Expecting a comma to separate arguments in a function call.");
                }
            }

            if (!IsStartOfExpression())
            {
                LogError("Expecting an expression for argument function calls instead of this token.");
                break;
            }

            if (ParseExpression(call) is not { } argument)
            {
                break;
            }

            call.Arguments.Add(argument);
        }

        if (Is(TokenType.CloseParen))
        {
            NextToken();
        }
        else
        {
            LogError("Expecting a closing parenthesis for a function call.");
        }

        return Close(call);
    }

    private Step ParsePipe(Expression e)
    {
        // A function without arguments behind a pipe is a call, too.
        if (e.Parent is ScriptPipeCall && e.Call is null && e.Left is ScriptPathExpression)
        {
            e.Left = OpenAt(e.Left, new ScriptFunctionCall(e.Left, isExplicit: false));
        }

        if (!IsPipe())
        {
            return Step.Finish;
        }

        var from = e.Call is null ? e.Left : FinishCall(e);
        var parent = OpenAt(from, new ScriptPipeCall(from, from));
        _skippingNewLines++;
        NextToken();
        _skippingNewLines--;
        if (ExpectExpression(parent) is { } to)
        {
            e.Left = Close(OpenAt(from, new ScriptPipeCall(from, to)));
        }

        return Step.Return;
    }

    private bool IsPipe() => _current.Type is TokenType.VerticalBar or TokenType.PipeGreater;

    private bool FollowsWhitespace() => _current.Start.Offset > 0 && char.IsWhiteSpace(_lexer.Text[_current.Start.Offset - 1]);
}
