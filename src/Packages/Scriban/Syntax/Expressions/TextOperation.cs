using System.Text;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary>Operators with a text on one side; the other side is printed first.</summary>
internal static class TextOperation
{
    public static object Evaluate(
        TemplateContext context, ScriptBinaryOperator op, SourceSpan span, object? left, SourceSpan leftSpan, object? right, SourceSpan rightSpan)
    {
        if (op == ScriptBinaryOperator.Multiply)
        {
            return right is string or char ? Repeat(context, right, left, leftSpan) : Repeat(context, left, right, rightSpan);
        }

        var leftText = context.ObjectToString(left);
        var rightText = context.ObjectToString(right);
        return op switch
        {
            ScriptBinaryOperator.Add => leftText + rightText,
            ScriptBinaryOperator.CompareEqual => Numbers.Box(leftText == rightText),
            ScriptBinaryOperator.CompareNotEqual => Numbers.Box(leftText != rightText),
            ScriptBinaryOperator.CompareLess => Numbers.Box(string.CompareOrdinal(leftText, rightText) < 0),
            ScriptBinaryOperator.CompareLessOrEqual => Numbers.Box(string.CompareOrdinal(leftText, rightText) <= 0),
            ScriptBinaryOperator.CompareGreater => Numbers.Box(string.CompareOrdinal(leftText, rightText) > 0),
            ScriptBinaryOperator.CompareGreaterOrEqual => Numbers.Box(string.CompareOrdinal(leftText, rightText) >= 0),
            _ => throw new ScriptRuntimeException(span, $"Operator `{BinaryOperators.Spell(op)}` is not supported on string objects"),
        };
    }

    private static string Repeat(TemplateContext context, object? text, object? times, SourceSpan timesSpan)
    {
        int count;
        try
        {
            count = context.ToInt(timesSpan, times);
        }
        catch (ScriptRuntimeException exception)
        {
            throw new ScriptRuntimeException(
                timesSpan, "Expecting an integer. The operator `*` is not supported for the expression. Only working on string x int or int x string", exception);
        }

        var repeated = context.ObjectToString(text) ?? string.Empty;
        if (count <= 0 || repeated.Length == 0)
        {
            return string.Empty;
        }

        return context.LimitToString > 0 && (long)repeated.Length * count > context.LimitToString
            ? throw new ScriptRuntimeException(timesSpan, $"String multiplication exceeds LimitToString `{context.LimitToString}`.")
            : new StringBuilder(repeated.Length * count).Insert(0, repeated, count).ToString();
    }
}
