using System.Globalization;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban.Functions;

/// <summary><c>date.…</c>; called as a function it parses a text. Patterns are those of Ruby's strftime.</summary>
public class DateTimeFunctions : ScriptObject, IScriptCustomFunction
{
    public const string DefaultFormat = "%d %b %Y";

    private static readonly ScriptVariable s_date = new("date");

    public DateTimeFunctions()
    {
        SetValue("default_format", DefaultFormat, true);
        SetValue("format", DefaultFormat, false);
        ImportToString();
    }

    /// <summary>The pattern in which dates are printed; templates set it as <c>date.format</c>.</summary>
    public string Format
    {
        get => this["format"] as string ?? DefaultFormat;
        set => SetValue("format", value, false);
    }

    int IScriptFunctionInfo.RequiredParameterCount => 0;

    int IScriptFunctionInfo.ParameterCount => 0;

    ScriptVarParamKind IScriptFunctionInfo.VarParamKind => ScriptVarParamKind.Direct;

    Type IScriptFunctionInfo.ReturnType => typeof(object);

    public static DateTime Now() => DateTime.Now;

    public static DateTime UtcNow() => DateTime.UtcNow;

    public static DateTime AddDays(DateTime date, double days) => date.AddDays(days);

    public static DateTime AddMonths(DateTime date, int months) => date.AddMonths(months);

    public static DateTime AddYears(DateTime date, int years) => date.AddYears(years);

    public static DateTime AddHours(DateTime date, double hours) => date.AddHours(hours);

    public static DateTime AddMinutes(DateTime date, double minutes) => date.AddMinutes(minutes);

    public static DateTime AddSeconds(DateTime date, double seconds) => date.AddSeconds(seconds);

    public static DateTime AddMilliseconds(DateTime date, double millis) => date.AddMilliseconds(millis);

    /// <summary>Null for an empty text; the first day of year 1 for one that is no date.</summary>
    public static DateTime? Parse(TemplateContext context, string? text, string? pattern = null, string? culture = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return DatePattern.Parse(text, pattern, CultureOf(context, culture));
    }

    public static string? ParseToString(
        TemplateContext context, string? text, string? output_pattern = null, string? output_culture = null, string? input_pattern = null, string? input_culture = null)
    {
        var date = Parse(context, text, input_pattern, input_culture);
        return date is null ? null : DatePattern.Print(date.Value, output_pattern ?? DefaultFormat, CultureOf(context, output_culture));
    }

    /// <summary>Prints a date; <c>%g</c> in the pattern switches to the invariant culture.</summary>
    public virtual string? ToString(DateTime? datetime, string pattern, CultureInfo culture)
        => datetime is null ? null : DatePattern.Print(datetime.Value, pattern == "%g" ? "%g " + Format : pattern, culture);

    public override IScriptObject Clone(bool deep)
    {
        var clone = (DateTimeFunctions)base.Clone(deep);
        clone.ImportToString();
        return clone;
    }

    ScriptParameterInfo IScriptFunctionInfo.GetParameterInfo(int index) => new(typeof(object), "text");

    object? IScriptCustomFunction.Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
        => arguments.Count switch
        {
            0 => this,
            1 => Parse(context, context.ObjectToString(arguments[0])),
            _ => throw new ScriptRuntimeException(
                callerContext?.Span ?? context.CurrentSpan, $"Invalid number of parameters `{arguments.Count}` for `date` object/function."),
        };

    ValueTask<object?> IScriptCustomFunction.InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
        => new(((IScriptCustomFunction)this).Invoke(context, callerContext, arguments, blockStatement));

    /// <summary>The <c>date</c> object of a context, or null where it was replaced.</summary>
    internal static DateTimeFunctions? In(TemplateContext context) => context.TryGetGlobal(s_date, out var value) ? value as DateTimeFunctions : null;

    private static CultureInfo CultureOf(TemplateContext context, string? culture)
        => culture is null ? context.CurrentCulture : CultureInfo.GetCultureInfo(culture);

    // The function belongs to this very object, because it prints in its format.
    private void ImportToString()
    {
        var function = (TemplateContext context, DateTime? date, string pattern, string? culture = null) => ToString(date, pattern, CultureOf(context, culture));
        SetValue("to_string", new DelegateCustomFunction(function), true);
    }
}
