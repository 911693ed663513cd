using System.Numerics;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

internal static class UnaryOperation
{
    public static object? Evaluate(TemplateContext context, ScriptUnaryOperator op, object? value, SourceSpan span)
    {
        if (op == ScriptUnaryOperator.Not)
        {
            return Numbers.Box(!context.ToBool(span, value));
        }

        if (op == ScriptUnaryOperator.Expand)
        {
            return value;
        }

        var negate = op == ScriptUnaryOperator.Negate;
        return value switch
        {
            int number => negate ? -number : value,
            long number => negate ? -number : value,
            double number => negate ? -number : value,
            float number => negate ? -number : value,
            decimal number => negate ? -number : value,
            BigInteger number => negate ? -number : value,
            null => throw new ScriptRuntimeException(span, $"Operator `{(negate ? '-' : '+')}` is not supported"),
            _ => throw new ScriptRuntimeException(
                span, $"Unexpected value `{value} / Type: {context.GetTypeName(value)}`. Cannot negate(-)/positive(+) a non-numeric value"),
        };
    }
}
