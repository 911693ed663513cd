using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary>What the binary operators do, by the types of their operands.</summary>
internal static class BinaryOperation
{
    public static object? Evaluate(
        TemplateContext context, ScriptBinaryOperator op, SourceSpan span, object? left, SourceSpan leftSpan, object? right, SourceSpan rightSpan)
    {
        switch (op)
        {
            case ScriptBinaryOperator.EmptyCoalescing:
                return left ?? right;
            case ScriptBinaryOperator.NotEmptyCoalescing:
                return left is null ? null : right;
        }

        try
        {
            if (left is int leftInteger && right is int rightInteger)
            {
                return Arithmetic.Integers(context, op, span, leftInteger, rightInteger);
            }

            if (left is string or char || right is string or char)
            {
                return TextOperation.Evaluate(context, op, span, left, leftSpan, right, rightSpan);
            }

            if (left is null || right is null)
            {
                return WithNull(op, left is null && right is null);
            }

            if (left == EmptyScriptObject.Default || right == EmptyScriptObject.Default)
            {
                return WithEmpty(context, op, span, left, right);
            }

            return left is ScriptArray or ScriptRange || right is ScriptArray or ScriptRange
                ? ListOperation.Evaluate(context, op, span, left, leftSpan, right, rightSpan)
                : Arithmetic.Evaluate(context, op, span, left, right);
        }
        catch (Exception exception) when (exception is not ScriptRuntimeException)
        {
            throw new ScriptRuntimeException(span, exception.Message, exception);
        }
    }

    /// <summary>True for equal values as <c>==</c> sees them.</summary>
    public static bool AreEqual(TemplateContext context, SourceSpan span, object? left, object? right)
        => Evaluate(context, ScriptBinaryOperator.CompareEqual, span, left, span, right, span) is true;

    private static object? WithNull(ScriptBinaryOperator op, bool both) => op switch
    {
        ScriptBinaryOperator.CompareEqual => Numbers.Box(both),
        ScriptBinaryOperator.CompareNotEqual => Numbers.Box(!both),
        >= ScriptBinaryOperator.CompareLess and <= ScriptBinaryOperator.CompareGreaterOrEqual => Numbers.False,
        _ => null,
    };

    private static object? WithEmpty(TemplateContext context, ScriptBinaryOperator op, SourceSpan span, object left, object right)
    {
        var both = left == right;
        var isEmpty = both ? Numbers.True : context.IsEmpty(span, left == EmptyScriptObject.Default ? right : left);
        return op switch
        {
            ScriptBinaryOperator.CompareEqual or ScriptBinaryOperator.CompareLessOrEqual or ScriptBinaryOperator.CompareGreaterOrEqual => isEmpty,
            ScriptBinaryOperator.CompareNotEqual => isEmpty is bool truth ? !truth : isEmpty,
            ScriptBinaryOperator.CompareLess or ScriptBinaryOperator.CompareGreater => Numbers.False,
            _ => EmptyScriptObject.Default,
        };
    }
}
