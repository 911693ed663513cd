namespace Scriban.Syntax;

/// <summary><c>++x</c>, <c>x++</c>, <c>--x</c>, <c>x--</c>.</summary>
internal sealed class ScriptIncrementDecrementExpression(ScriptExpression operand, int step, bool isPostfix) : ScriptExpression
{
    internal override (string Name, string Example) Grammar => ("increment/decrement expression", "<operator> <expression> or <expression> <operator>");

    public override object? Evaluate(TemplateContext context)
    {
        var value = UnaryOperation.Evaluate(context, ScriptUnaryOperator.Plus, operand.Evaluate(context), operand.Span);
        var moved = BinaryOperation.Evaluate(context, ScriptBinaryOperator.Add, operand.Span, value, operand.Span, step, operand.Span);
        if (operand is not ScriptPathExpression path)
        {
            throw new ScriptRuntimeException(operand.Span, "Unsupported target expression for assignment.");
        }

        path.SetValue(context, moved);
        return isPostfix ? value : moved;
    }
}
