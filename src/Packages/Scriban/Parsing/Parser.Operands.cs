using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    private ScriptExpression? ParseOperand(Expression e)
    {
        switch (_current.Type)
        {
            case TokenType.Identifier or TokenType.IdentifierSpecial:
                return ParseVariable();
            case TokenType.Integer:
                return ParseLiteral(ParseInteger);
            case TokenType.HexaInteger or TokenType.BinaryInteger:
                return ParseLiteral(ParsePrefixedInteger);
            case TokenType.Float:
                return ParseLiteral(ParseFloat);
            case TokenType.String:
                return ParseLiteral(token => EscapeSequence.Decode(_lexer.Text, token.Start.Offset + 1, token.End.Offset, braceEscapes: false));
            case TokenType.VerbatimString:
                return ParseLiteral(token => _lexer.Text[(token.Start.Offset + 1)..token.End.Offset].Replace("``", "`", StringComparison.Ordinal));
            case TokenType.InterpolatedString or TokenType.BeginInterpolatedString:
                return ParseInterpolatedString();
            case TokenType.ContinuationInterpolatedString:
                return ParseInterpolatedPart();
            case TokenType.OpenInterpolatedBrace:
                return ParseInterpolatedExpression();
            case TokenType.OpenParen:
                return ParseParenthesis();
            case TokenType.OpenBrace:
                return ParseObject();
            case TokenType.OpenBracket:
                return ParseArray();
            case TokenType.DoublePlus or TokenType.DoubleMinus:
                return ParsePrefixStep();
            case TokenType.Exclamation or TokenType.Minus or TokenType.Plus or TokenType.Arroba or TokenType.Caret:
                return ParseUnary();
            default:
                return null;
        }
    }

    private ScriptUnaryExpression ParseUnary()
    {
        var unary = Open(new ScriptUnaryExpression(_current.Type switch
        {
            TokenType.Exclamation => ScriptUnaryOperator.Not,
            TokenType.Minus => ScriptUnaryOperator.Negate,
            TokenType.Plus => ScriptUnaryOperator.Plus,
            TokenType.Arroba => ScriptUnaryOperator.Alias,
            _ => ScriptUnaryOperator.Expand,
        }));
        NextToken();
        unary.Operand = ExpectExpression(unary, precedence: 200) ?? OpenAt(unary, new ScriptLiteral(null));
        return Close(unary);
    }

    private ScriptIncrementDecrementExpression ParsePrefixStep()
    {
        var start = Open(new ScriptLiteral(null));
        var step = Is(TokenType.DoublePlus) ? 1 : -1;
        NextToken();
        var operand = ExpectExpression(OpenAt(start, new ScriptIncrementDecrementExpression(start, step, isPostfix: false)), precedence: 210) ?? start;
        CheckStepped(operand);
        return Close(OpenAt(start, new ScriptIncrementDecrementExpression(operand, step, isPostfix: false)));
    }

    private void CheckStepped(ScriptExpression operand)
    {
        if (operand is not ScriptPathExpression)
        {
            LogError("The operand of an increment or decrement operator must be a variable, property or indexer");
        }
    }

    /// <summary>A member, an element, or a postfix step behind the left operand.</summary>
    private Step ParsePath(Expression e)
    {
        if (_current.Type is TokenType.Dot or TokenType.QuestionDot)
        {
            return ParseMember(e);
        }

        if (_current.Type is TokenType.DoublePlus or TokenType.DoubleMinus)
        {
            CheckStepped(e.Left);
            var step = Is(TokenType.DoublePlus) ? 1 : -1;
            NextToken();
            e.Left = Close(OpenAt(e.Left, new ScriptIncrementDecrementExpression(e.Left, step, isPostfix: true)));
        }

        return Is(TokenType.OpenBracket) && e.Left is ScriptPathExpression or ScriptLiteral or ScriptFunctionCall && !FollowsWhitespace()
            ? ParseIndexer(e)
            : Step.None;
    }

    private Step ParseMember(Expression e)
    {
        var next = PeekToken();
        if (next.Type != TokenType.Identifier)
        {
            LogError(SpanOf(next), $"Invalid token `{next.Type}`. The dot operator is expected to be followed by a plain identifier");
            return Step.Return;
        }

        var isConditional = Is(TokenType.QuestionDot) || e.Left is ScriptMemberExpression { IsConditional: true };
        NextToken();
        var name = TextOf(_current);
        if (name is "empty" or "blank" && PeekToken().Type == TokenType.Question)
        {
            NextToken();
            NextToken();
            e.Left = Close(OpenAt(e.Left, new ScriptIsEmptyExpression(e.Left)));
            return Step.Again;
        }

        if (ParseVariable() is not ScriptVariable member)
        {
            LogError("Unexpected literal member `{member}`");
            return Step.Return;
        }

        e.Left = Close(OpenAt(e.Left, new ScriptMemberExpression(e.Left, member, isConditional)));
        return Step.Again;
    }

    private Step ParseIndexer(Expression e)
    {
        var target = e.Left;
        var parent = OpenAt(target, new ScriptIndexerExpression(target, target));
        NextToken();
        var index = ExpectExpression(parent, e.Call, 0, $"Expecting <index_expression> instead of `{Shown()}`", e.Mode);
        if (Is(TokenType.CloseBracket))
        {
            NextToken();
        }
        else
        {
            LogError($"Unexpected `{Shown()}`. Expecting ']'");
        }

        e.Left = Close(OpenAt(target, new ScriptIndexerExpression(target, index ?? target)));
        return Step.Again;
    }

    private ScriptNestedExpression ParseParenthesis()
    {
        var start = Open(new ScriptLiteral(null));
        NextToken();
        var inner = ExpectExpression(OpenAt(start, new ScriptNestedExpression(start))) ?? start;
        if (Is(TokenType.CloseParen))
        {
            NextToken();
        }
        else
        {
            LogError($"Invalid token `{Shown()}`. Expecting a closing `)`.");
        }

        return Close(OpenAt(start, new ScriptNestedExpression(inner)));
    }

    private ScriptArrayInitializerExpression ParseArray()
    {
        Enter();
        var array = Open(new ScriptArrayInitializerExpression());
        _skippingNewLines++;
        try
        {
            NextToken();
            while (!Is(TokenType.CloseBracket) && ExpectExpression(array) is { } value)
            {
                array.Values.Add(value);
                if (!Is(TokenType.Comma))
                {
                    break;
                }

                NextToken();
            }
        }
        finally
        {
            _skippingNewLines--;
            _depth--;
        }

        Expect(TokenType.CloseBracket);
        return Close(array);
    }
}
