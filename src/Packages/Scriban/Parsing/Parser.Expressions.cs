using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    private int _expressionLevel;

    private enum ExpressionMode
    {
        Default,

        /// <summary>A colon ends the expression: inside of <c>a ? b : c</c>.</summary>
        NoNamedArgument,

        /// <summary>Only a literal, variable, member, element or something in brackets.</summary>
        Basic,

        /// <summary><c>||</c> separates the values of a <c>when</c>.</summary>
        When,
    }

    /// <summary>What to do after one step of reading an expression.</summary>
    private enum Step
    {
        /// <summary>Not this construct; try the next.</summary>
        None,

        /// <summary>The left operand grew; look again at what follows it.</summary>
        Again,

        /// <summary>Another operand follows as an argument of the pending call.</summary>
        Operand,

        /// <summary>The expression ends here.</summary>
        Finish,

        /// <summary>The left operand is the whole result.</summary>
        Return,
    }

    public bool IsStartOfExpression() => _current.Type is TokenType.Exclamation or TokenType.Minus or TokenType.Plus or TokenType.Arroba or TokenType.Caret
        or TokenType.DoublePlus or TokenType.DoubleMinus or TokenType.Identifier or TokenType.IdentifierSpecial
        or TokenType.Integer or TokenType.HexaInteger or TokenType.BinaryInteger or TokenType.Float
        or TokenType.String or TokenType.VerbatimString or TokenType.InterpolatedString or TokenType.BeginInterpolatedString
        or TokenType.ContinuationInterpolatedString or TokenType.EndingInterpolatedString
        or TokenType.OpenParen or TokenType.OpenBrace or TokenType.OpenBracket;

    private ScriptExpression? ExpectExpression(
        ScriptNode parent, ScriptExpression? call = null, int precedence = 0, string? message = null, ExpressionMode mode = ExpressionMode.Default, bool allowAssignment = true)
    {
        if (IsStartOfExpression())
        {
            return ParseExpression(parent, call, precedence, mode, allowAssignment);
        }

        LogError(parent, SpanOf(_current), message ?? $"Expecting <expression> instead of `{Shown()}`");
        return null;
    }

    private ScriptExpression? ParseExpression(
        ScriptNode parent, ScriptExpression? call = null, int precedence = 0, ExpressionMode mode = ExpressionMode.Default, bool allowAssignment = true)
    {
        var depth = _depth;
        _expressionLevel++;
        Enter();
        try
        {
            return ParseOperands(new Expression(parent, call, precedence, mode, allowAssignment));
        }
        finally
        {
            _depth = depth;
            _expressionLevel--;
        }
    }

    private ScriptExpression? ParseOperands(Expression e)
    {
        Step step;
        do
        {
            e.OperandCount++;
            if (ParseOperand(e) is not { } operand)
            {
                LogError(e.Call is null
                    ? $"Unexpected token `{Shown()}` while parsing expression"
                    : $"Unexpected token `{Shown()}` while parsing function call `{e.Call}`");
                return null;
            }

            e.Left = operand;
            step = operand is ScriptVariable { Name: "$$" } ? CheckBlockDelegate(e) : operand is ScriptAnonymousFunction ? Step.Finish : ParseContinuation(e);
        }
        while (step == Step.Operand);

        if (step == Step.Return || e.Call is null)
        {
            return e.Left;
        }

        return FinishCall(e);
    }

    private static ScriptFunctionCall FinishCall(Expression e)
    {
        var call = e.Call!;
        call.Arguments.Add(e.Left);
        call.Span = call.Span.UpTo(e.Left.Span);
        e.Call = null;
        return call;
    }

    private Step CheckBlockDelegate(Expression e)
    {
        if (e.OperandCount != 1 || _expressionLevel > 1)
        {
            LogError("Cannot use block delegate $$ in a nested expression");
        }

        if (e.Parent is not ScriptExpressionStatement)
        {
            LogError(e.Parent, e.Parent.Span, "Cannot use block delegate $$ outside an expression statement");
        }

        return Step.Return;
    }

    /// <summary>Reads on behind an operand: members, operators, arguments, pipes.</summary>
    private Step ParseContinuation(Expression e)
    {
        while (true)
        {
            if (_current.Type is TokenType.EndingInterpolatedString or TokenType.CloseInterpolatedBrace or TokenType.ContinuationInterpolatedString or TokenType.OpenInterpolatedBrace)
            {
                return Step.Finish;
            }

            var step = ParsePath(e);
            if (step == Step.None)
            {
                step = e.Mode == ExpressionMode.Basic || e.Parent is ScriptUnaryExpression { Operator: ScriptUnaryOperator.Alias } ? Step.Finish : ParseOperator(e);
            }

            if (step == Step.None && IsStartOfExpression())
            {
                step = e.OuterCall is not null ? Step.Finish : ParseArguments(e);
            }

            if (step == Step.None)
            {
                step = e.EnteringPrecedence > 0 ? Step.Finish : ParsePipe(e);
            }

            if (step != Step.Again)
            {
                return step;
            }
        }
    }

    private Step ParseOperator(Expression e)
    {
        if (Is(TokenType.Colon) && e.Mode != ExpressionMode.NoNamedArgument)
        {
            return ParseNamedArgument(e);
        }

        if (Is(TokenType.Equal) && e.Left is ScriptFunctionCall { LooksLikeDeclaration: true } declared)
        {
            e.Left = DeclareFunction(declared, _expressionLevel == 1 && e.AllowAssignment);
            return Step.Finish;
        }

        if (Is(TokenType.Equal) || ScriptAssignExpression.OperatorOf(_current.Type) is not null)
        {
            return ParseAssignment(e);
        }

        if (BinaryOperators.TryGet(_current.Type, out var op, out var precedence))
        {
            return ParseBinary(e, op, precedence);
        }

        return Is(TokenType.Question) ? ParseConditional(e) : Step.None;
    }

    private Step ParseNamedArgument(Expression e)
    {
        if (e.Left is not ScriptVariable variable)
        {
            LogError(e.Left.Span, "Expecting a simple global or local variable before `:` in order to create a named argument");
            return Step.Finish;
        }

        NextToken();
        e.Left = Close(OpenAt(variable, new ScriptNamedArgument(variable.Name, ExpectExpression(e.Parent))));
        return Step.Finish;
    }

    private Step ParseAssignment(Expression e)
    {
        var assignment = _current.Type;
        var target = e.Left;
        var parent = OpenAt(target, new ScriptAssignExpression(target, assignment, target));
        if (target is not ScriptPathExpression || e.Call is not null || _expressionLevel > 1 || !e.AllowAssignment)
        {
            LogError(parent, target.Span, "Expression is only allowed for a top level assignment");
        }

        NextToken();
        if (ExpectExpression(parent, e.OuterCall) is { } value)
        {
            e.Left = Close(OpenAt(target, new ScriptAssignExpression(target, assignment, value)));
        }

        return Step.Finish;
    }

    private Step ParseBinary(Expression e, ScriptBinaryOperator op, int precedence)
    {
        if (e.EntryMode == ExpressionMode.When && op == ScriptBinaryOperator.Or)
        {
            return Step.Finish;
        }

        if (precedence <= e.Precedence)
        {
            if (e.EnteringPrecedence > 0)
            {
                return Step.Finish;
            }

            e.Precedence = 0;
            return Step.Again;
        }

        // Every operator counts as a level: without that, a long sum would build a tree too deep to evaluate.
        Enter();
        var binary = OpenAt(e.Left, new ScriptBinaryExpression(e.Left, op, SpanOf(_current)));
        NextToken();
        var right = ExpectExpression(
            binary, e.Call ?? e.OuterCall, precedence, $"Expecting an <expression> to the right of the operator instead of `{Shown()}`", e.Mode);
        if (right is null)
        {
            return Step.Again;
        }

        binary.Right = right;
        e.Left = Close(binary);
        return Step.Again;
    }

    private Step ParseConditional(Expression e)
    {
        if (e.Precedence > 0)
        {
            return Step.Finish;
        }

        if (e.Call is not null)
        {
            e.Left = FinishCall(e);
        }

        var condition = e.Left;
        var parent = OpenAt(condition, new ScriptConditionalExpression(condition, condition, condition));
        NextToken();
        var then = ExpectExpression(parent, mode: ExpressionMode.NoNamedArgument);
        Expect(TokenType.Colon);
        var otherwise = ExpectExpression(parent, mode: ExpressionMode.NoNamedArgument);
        if (then is not null && otherwise is not null)
        {
            e.Left = Close(OpenAt(condition, new ScriptConditionalExpression(condition, then, otherwise)));
        }

        return Step.Finish;
    }
}
