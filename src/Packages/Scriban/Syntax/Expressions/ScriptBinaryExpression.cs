using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>left operator right</c>.</summary>
internal sealed class ScriptBinaryExpression(ScriptExpression left, ScriptBinaryOperator op, SourceSpan opSpan) : ScriptExpression
{
    public ScriptExpression Right { get; set; } = null!;

    internal override (string Name, string Example) Grammar => ("binary expression", "<expression> operator <expression>");

    public override object? Evaluate(TemplateContext context)
    {
        var leftValue = left.Evaluate(context);
        switch (op)
        {
            case ScriptBinaryOperator.And:
                return Numbers.Box(context.ToBool(left.Span, leftValue) && context.ToBool(Right.Span, Right.Evaluate(context)));
            case ScriptBinaryOperator.Or:
                return Numbers.Box(context.ToBool(left.Span, leftValue) || context.ToBool(Right.Span, Right.Evaluate(context)));
            default:
                return BinaryOperation.Evaluate(context, op, opSpan, leftValue, left.Span, Right.Evaluate(context), Right.Span);
        }
    }
}
