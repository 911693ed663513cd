using Scriban.Parsing;

namespace Scriban.Syntax;

/// <summary><c>target = value</c>, or with an operator such as <c>+=</c>.</summary>
internal sealed class ScriptAssignExpression(ScriptExpression target, TokenType assignment, ScriptExpression value) : ScriptExpression
{
    internal override (string Name, string Example) Grammar => ("assign expression", "<target_expression> = <value_expression>");

    /// <summary>The operator of an assignment token; null for the plain one, and for every other token.</summary>
    public static ScriptBinaryOperator? OperatorOf(TokenType assignment) => assignment switch
    {
        TokenType.PlusEqual => ScriptBinaryOperator.Add,
        TokenType.MinusEqual => ScriptBinaryOperator.Subtract,
        TokenType.AsteriskEqual => ScriptBinaryOperator.Multiply,
        TokenType.DivideEqual => ScriptBinaryOperator.Divide,
        TokenType.DoubleDivideEqual => ScriptBinaryOperator.DivideRound,
        TokenType.PercentEqual => ScriptBinaryOperator.Modulus,
        _ => null,
    };

    public override object? Evaluate(TemplateContext context)
    {
        var result = value.Evaluate(context);
        if (OperatorOf(assignment) is { } op)
        {
            result = BinaryOperation.Evaluate(context, op, Span, target.Evaluate(context), Span, result, Span);
        }

        if (target is not ScriptPathExpression path)
        {
            throw new ScriptRuntimeException(target.Span, "Unsupported target expression for assignment.");
        }

        path.SetValue(context, result);
        return null;
    }
}
