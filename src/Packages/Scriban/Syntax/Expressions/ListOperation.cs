using System.Collections;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary>Operators with a list on one side.</summary>
internal static class ListOperation
{
    public static object Evaluate(
        TemplateContext context, ScriptBinaryOperator op, SourceSpan span, object left, SourceSpan leftSpan, object right, SourceSpan rightSpan)
    {
        var leftList = ListOf(left);
        var rightList = ListOf(right);
        switch (op)
        {
            case ScriptBinaryOperator.ShiftLeft when leftList is not null:
                return new ScriptArray(leftList.Append(right));
            case ScriptBinaryOperator.ShiftRight when rightList is not null:
                return new ScriptArray(rightList.Prepend(left));
            case ScriptBinaryOperator.Multiply when leftList is null != rightList is null:
                return Repeat(context, span, (leftList ?? rightList)!, context.ToInt(span, leftList is null ? left : right));
            case ScriptBinaryOperator.Divide or ScriptBinaryOperator.DivideRound or ScriptBinaryOperator.Modulus when leftList is not null:
                return Part(context, op, leftList, context.ToInt(rightSpan, right), rightSpan);
        }

        if (leftList is null || rightList is null)
        {
            throw NotSupported(leftList is null ? leftSpan : rightSpan, $" Expecting an array for the {(leftList is null ? "left" : "right")} argument.");
        }

        return op switch
        {
            ScriptBinaryOperator.Add => new ScriptRange(leftList.Concat(rightList)),
            >= ScriptBinaryOperator.CompareEqual and <= ScriptBinaryOperator.CompareGreaterOrEqual => Numbers.Box(Compare(context, op, span, leftList.ToList(), rightList.ToList())),
            _ => throw NotSupported(span, string.Empty),
        };

        ScriptRuntimeException NotSupported(SourceSpan place, string reason) => new(
            place, $"The operator `{BinaryOperators.Spell(op)}` is not supported between {context.GetTypeName(left)} and {context.GetTypeName(right)}.{reason}");
    }

    private static IEnumerable<object?>? ListOf(object value) => value is IEnumerable sequence and not string ? sequence.Cast<object?>() : null;

    private static ScriptArray Repeat(TemplateContext context, SourceSpan span, IEnumerable<object?> list, int times)
    {
        if (times < 0)
        {
            throw new ScriptRuntimeException(span, $"Integer {times} cannot be negative when multiplying");
        }

        using var loop = context.EnterLoopScope();
        var items = list.ToList();
        if ((long)times * items.Count > int.MaxValue)
        {
            throw new ScriptRuntimeException(span, "Array multiplication result length exceeds the maximum supported array length.");
        }

        context.StepLoop(span, ((long)times * items.Count) + times);
        var repeated = new ScriptArray();
        for (var i = 0; i < times; i++)
        {
            repeated.AddRange(items);
        }

        return repeated;
    }

    private static ScriptArray Part(TemplateContext context, ScriptBinaryOperator op, IEnumerable<object?> list, int by, SourceSpan span)
    {
        if (by == 0)
        {
            throw new ScriptRuntimeException(span, "Cannot divide by 0");
        }

        var items = list.ToList();
        return new ScriptArray(op == ScriptBinaryOperator.Modulus ? items.Where((_, i) => i % by == 0) : items.Take(items.Count / by));
    }

    // Lists of different length are ordered by length; of equal length, every pair must fulfil the comparison.
    private static bool Compare(TemplateContext context, ScriptBinaryOperator op, SourceSpan span, List<object?> left, List<object?> right)
    {
        var order = left.Count.CompareTo(right.Count);
        if (order != 0 || left.Count == 0)
        {
            return op switch
            {
                ScriptBinaryOperator.CompareEqual => order == 0,
                ScriptBinaryOperator.CompareNotEqual => order != 0,
                ScriptBinaryOperator.CompareLess => order < 0,
                ScriptBinaryOperator.CompareLessOrEqual => order <= 0,
                ScriptBinaryOperator.CompareGreater => order > 0,
                _ => order >= 0,
            };
        }

        return left.Zip(right).All(pair => BinaryOperation.Evaluate(context, op, span, pair.First, span, pair.Second, span) is true);
    }
}
