using System.Numerics;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary>Operators on numbers, booleans and dates; the wider type of the two decides.</summary>
internal static class Arithmetic
{
    private const int LargestShift = 1024 * 1024;

    public static object? Evaluate(TemplateContext context, ScriptBinaryOperator op, SourceSpan span, object left, object right)
    {
        var type = WiderType(left, right);
        if (type == typeof(decimal))
        {
            return Decimals(op, span, context.ToObject<decimal>(span, left), context.ToObject<decimal>(span, right));
        }

        if (type == typeof(double))
        {
            return Floats(op, span, context.ToObject<double>(span, left), context.ToObject<double>(span, right), "double");
        }

        if (type == typeof(float))
        {
            return Floats(op, span, context.ToObject<float>(span, left), context.ToObject<float>(span, right), "float");
        }

        if (type == typeof(BigInteger))
        {
            return BigIntegers(context, op, span, context.ToObject<BigInteger>(span, left), context.ToObject<BigInteger>(span, right));
        }

        if (type == typeof(int))
        {
            return Integers(context, op, span, ToInteger(context, span, left), ToInteger(context, span, right));
        }

        return Others(context, op, span, left, right);
    }

    public static object Integers(TemplateContext context, ScriptBinaryOperator op, SourceSpan span, long left, long right) => op switch
    {
        ScriptBinaryOperator.Add => Numbers.Fit(left + right),
        ScriptBinaryOperator.Subtract => Numbers.Fit(left - right),
        ScriptBinaryOperator.Multiply => Numbers.Fit(left * right),
        ScriptBinaryOperator.Divide => (double)left / right,
        ScriptBinaryOperator.DivideRound => Numbers.Fit(left / right),
        ScriptBinaryOperator.Modulus => Numbers.Fit(left % right),
        ScriptBinaryOperator.RangeInclude or ScriptBinaryOperator.RangeExclude => IntegerRange.Create(context, span, left, right, op),
        ScriptBinaryOperator.ShiftLeft or ScriptBinaryOperator.ShiftRight => BigIntegers(context, op, span, left, right),
        _ => Compare(op, left.CompareTo(right)) ?? throw NotImplemented(op, span, "long"),
    };

    private static int ToInteger(TemplateContext context, SourceSpan span, object value)
        => value is Enum ? Convert.ToInt32(value, context.CurrentCulture) : context.ToInt(span, value);

    private static Type? WiderType(object left, object right)
    {
        ReadOnlySpan<Type> widestFirst = [typeof(decimal), typeof(double), typeof(float), typeof(BigInteger), typeof(long), typeof(ulong), typeof(uint), typeof(int)];
        var (leftType, rightType) = (TypeOf(left), TypeOf(right));
        foreach (var type in widestFirst)
        {
            if (type == leftType || type == rightType)
            {
                return type == typeof(long) || type == typeof(ulong) || type == typeof(uint) ? typeof(BigInteger) : type;
            }
        }

        return null;
    }

    private static Type TypeOf(object value) => value is Enum ? typeof(int) : value.GetType();

    private static object BigIntegers(TemplateContext context, ScriptBinaryOperator op, SourceSpan span, BigInteger left, BigInteger right) => op switch
    {
        ScriptBinaryOperator.Add => Numbers.Fit(left + right),
        ScriptBinaryOperator.Subtract => Numbers.Fit(left - right),
        ScriptBinaryOperator.Multiply => Numbers.Fit(left * right),
        ScriptBinaryOperator.Divide => (double)left / (double)right,
        ScriptBinaryOperator.DivideRound => Numbers.Fit(left / right),
        ScriptBinaryOperator.Modulus => Numbers.Fit(left % right),
        ScriptBinaryOperator.ShiftLeft => Numbers.Fit(left << Shift(span, right)),
        ScriptBinaryOperator.ShiftRight => Numbers.Fit(left >> Shift(span, right)),
        ScriptBinaryOperator.RangeInclude or ScriptBinaryOperator.RangeExclude => IntegerRange.Create(context, span, left, right, op),
        _ => Compare(op, left.CompareTo(right)) ?? throw NotImplemented(op, span, "long"),
    };

    private static int Shift(SourceSpan span, BigInteger shift) => BigInteger.Abs(shift) <= LargestShift
        ? (int)shift
        : throw new ScriptRuntimeException(span, $"Shift amount `{shift}` exceeds maximum supported magnitude `{LargestShift}`.");

    private static object Floats<T>(ScriptBinaryOperator op, SourceSpan span, T left, T right, string name)
        where T : IFloatingPointIeee754<T> => op switch
        {
            ScriptBinaryOperator.Add => left + right,
            ScriptBinaryOperator.Subtract => left - right,
            ScriptBinaryOperator.Multiply => left * right,
            ScriptBinaryOperator.Divide => left / right,
            ScriptBinaryOperator.DivideRound => typeof(T) == typeof(double) ? T.Round(left / right) : T.Truncate(left / right),
            ScriptBinaryOperator.Modulus => left % right,
            ScriptBinaryOperator.ShiftLeft => left * T.Exp2(right),
            ScriptBinaryOperator.ShiftRight => left / T.Exp2(right),
            ScriptBinaryOperator.CompareEqual => Numbers.Box(left == right),
            ScriptBinaryOperator.CompareNotEqual => Numbers.Box(left != right),
            ScriptBinaryOperator.CompareLess => Numbers.Box(left < right),
            ScriptBinaryOperator.CompareLessOrEqual => Numbers.Box(left <= right),
            ScriptBinaryOperator.CompareGreater => Numbers.Box(left > right),
            ScriptBinaryOperator.CompareGreaterOrEqual => Numbers.Box(left >= right),
            _ => throw NotImplemented(op, span, name),
        };

    private static object Decimals(ScriptBinaryOperator op, SourceSpan span, decimal left, decimal right) => op switch
    {
        ScriptBinaryOperator.Add => left + right,
        ScriptBinaryOperator.Subtract => left - right,
        ScriptBinaryOperator.Multiply => left * right,
        ScriptBinaryOperator.Divide => left / right,
        ScriptBinaryOperator.DivideRound => Math.Round(left / right),
        ScriptBinaryOperator.Modulus => left % right,
        ScriptBinaryOperator.ShiftLeft => left * (decimal)Math.Pow(2, (double)right),
        ScriptBinaryOperator.ShiftRight => left / (decimal)Math.Pow(2, (double)right),
        _ => Compare(op, left.CompareTo(right)) ?? throw NotImplemented(op, span, "decimal"),
    };

    private static object? Others(TemplateContext context, ScriptBinaryOperator op, SourceSpan span, object left, object right)
    {
        var result = (left, right) switch
        {
            (bool or null, _) or (_, bool or null) => Equality(op, context.ToBool(span, left), context.ToBool(span, right))
                ?? throw new ScriptRuntimeException(span, $"The operator `{BinaryOperators.Spell(op)}` is not valid for bool<->bool"),
            (DateTime one, DateTime other) => op == ScriptBinaryOperator.Subtract ? one - other : Compare(op, one.CompareTo(other)),
            (DateTime date, TimeSpan duration) when op == ScriptBinaryOperator.Add => date + duration,
            _ => Equality(op, left, right),
        };
        return result ?? throw new ScriptRuntimeException(
            span, $"Unsupported types `{left}/{context.GetTypeName(left)}` {BinaryOperators.Spell(op)} `{right}/{context.GetTypeName(right)}` for binary operation");
    }

    private static object? Equality(ScriptBinaryOperator op, object left, object right) => op switch
    {
        ScriptBinaryOperator.CompareEqual => Numbers.Box(left.Equals(right)),
        ScriptBinaryOperator.CompareNotEqual => Numbers.Box(!left.Equals(right)),
        _ => null,
    };

    private static object? Compare(ScriptBinaryOperator op, int order) => op switch
    {
        ScriptBinaryOperator.CompareEqual => Numbers.Box(order == 0),
        ScriptBinaryOperator.CompareNotEqual => Numbers.Box(order != 0),
        ScriptBinaryOperator.CompareLess => Numbers.Box(order < 0),
        ScriptBinaryOperator.CompareLessOrEqual => Numbers.Box(order <= 0),
        ScriptBinaryOperator.CompareGreater => Numbers.Box(order > 0),
        ScriptBinaryOperator.CompareGreaterOrEqual => Numbers.Box(order >= 0),
        _ => null,
    };

    private static ScriptRuntimeException NotImplemented(ScriptBinaryOperator op, SourceSpan span, string type)
        => new(span, $"The operator `{BinaryOperators.Spell(op)}` is not implemented for {type}<->{type}");
}
