namespace Scriban.Syntax;

/// <summary><c>!x</c>, <c>-x</c>, <c>+x</c>, <c>@function</c>, <c>^list</c>.</summary>
internal sealed class ScriptUnaryExpression(ScriptUnaryOperator op) : ScriptExpression
{
    public ScriptUnaryOperator Operator => op;

    public ScriptExpression Operand { get; set; } = null!;

    internal override (string Name, string Example) Grammar => ("unary expression", "<operator> <expression>");

    public override object? Evaluate(TemplateContext context)
        => op == ScriptUnaryOperator.Alias ? Operand.EvaluateAlias(context) : UnaryOperation.Evaluate(context, op, Operand.Evaluate(context), Operand.Span);
}
