using System.Globalization;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban.Functions;

/// <summary><c>math.…</c>.</summary>
public class MathFunctions : ScriptObject
{
    private const string RandomTag = "random";

    public static object? Abs(TemplateContext context, SourceSpan span, object? value) => value switch
    {
        null => null,
        int number => Math.Abs(number),
        long number => Math.Abs(number),
        double number => Math.Abs(number),
        float number => Math.Abs(number),
        decimal number => Math.Abs(number),
        short number => Math.Abs(number),
        sbyte number => Math.Abs(number),
        _ when value.GetType().IsPrimitive => value,
        _ => throw new ScriptRuntimeException(span, $"The value `{value}` is not a number"),
    };

    public static double Ceil(double value) => Math.Ceiling(value);

    /// <summary>A quotient; rounded down when the divisor is an integer.</summary>
    public static object? DividedBy(TemplateContext context, SourceSpan span, double value, object? divisor)
    {
        var quotient = Operate(context, span, ScriptBinaryOperator.Divide, value, divisor);
        return divisor is int && quotient is double number ? (int)Math.Floor(number) : quotient;
    }

    public static double Floor(double value) => Math.Floor(value);

    /// <summary>Formats a number with a .NET format string such as <c>N2</c> or <c>0.0%</c>.</summary>
    public static string Format(TemplateContext context, SourceSpan span, object? value, string? format, string? culture = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value is null)
        {
            return string.Empty;
        }

        return IsNumber(value)
            ? ((IFormattable)value).ToString(format ?? string.Empty, culture is null ? context.CurrentCulture : new CultureInfo(culture))
            : throw new ScriptRuntimeException(span, $"Unexpected `{value}`. Must be a formattable number");
    }

    public static bool IsNumber(object? value) => TypeNames.IsNumber(value);

    public static object? Minus(TemplateContext context, SourceSpan span, object? value, object? with)
        => Operate(context, span, ScriptBinaryOperator.Subtract, value, with);

    public static object? Modulo(TemplateContext context, SourceSpan span, object? value, object? with)
        => Operate(context, span, ScriptBinaryOperator.Modulus, value, with);

    public static object? Plus(TemplateContext context, SourceSpan span, object? value, object? with)
        => Operate(context, span, ScriptBinaryOperator.Add, value, with);

    public static object? Times(TemplateContext context, SourceSpan span, object? value, object? with)
        => Operate(context, span, ScriptBinaryOperator.Multiply, value, with);

    /// <summary>Rounds half to even.</summary>
    public static double Round(double value, int precision = 0) => Math.Round(value, precision);

    public static string Uuid() => Guid.NewGuid().ToString();

    /// <summary>A random integer from one bound up to, not including, the other.</summary>
    public static object Random(TemplateContext context, SourceSpan span, int minValue, int maxValue)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (minValue > maxValue)
        {
            throw new ScriptRuntimeException(span, "minValue must be greater than maxValue");
        }

        if (!context.Tags.TryGetValue(RandomTag, out var random))
        {
            random = new Random();
            context.Tags.Add(RandomTag, random);
        }

        return ((Random)random).Next(minValue, maxValue);
    }

    private static object? Operate(TemplateContext context, SourceSpan span, ScriptBinaryOperator op, object? left, object? right)
        => BinaryOperation.Evaluate(context, op, span, left, span, right, span);
}
