using System.Collections;
using System.Globalization;
using System.Text.Json;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban.Functions;

/// <summary><c>object.…</c>.</summary>
public class ObjectFunctions : ScriptObject
{
    /// <summary>The second value where the first is null or an empty text.</summary>
    public static object? Default(object? value, object? @default) => value is null or "" ? @default : value;

    public static object? Eval(TemplateContext context, SourceSpan span, object? value)
        => Evaluate(context, value, ScriptMode.ScriptOnly, page => page.Body?.Statements is [var only] ? only.Evaluate(context) : page.Evaluate(context));

    public static object? EvalTemplate(TemplateContext context, SourceSpan span, object? value)
        => Evaluate(context, value, ScriptMode.Default, page =>
        {
            context.PushOutput();
            try
            {
                page.Evaluate(context);
                return context.Output.ToString();
            }
            finally
            {
                context.PopOutput();
            }
        });

    public static string Format(TemplateContext context, SourceSpan span, object? value, string? format, string? culture = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return value switch
        {
            null => string.Empty,
            IFormattable formattable => formattable.ToString(format ?? string.Empty, culture is null ? context.CurrentCulture : new CultureInfo(culture)),
            _ => throw new ScriptRuntimeException(span, $"Unexpected `{value}`. Must be a formattable object"),
        };
    }

    public static object? FromJson(TemplateContext context, string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonValue.From(document.RootElement);
    }

    public static bool HasKey(IDictionary<string, object?>? value, string? key) => value is not null && key is not null && value.ContainsKey(key);

    public static bool HasValue(IDictionary<string, object?>? value, string? key) => HasKey(value, key) && value![key!] is not null;

    public static new ScriptArray Keys(TemplateContext context, object? value)
    {
        ArgumentNullException.ThrowIfNull(context);
        return value switch
        {
            null or IScriptCustomFunction and not IScriptObject => [],
            IDictionary dictionary => new ScriptArray(ArrayFunctions.Walk(context, context.CurrentSpan, dictionary.Keys)),
            _ => new ScriptArray(ArrayFunctions.Walk(context, context.CurrentSpan, context.AccessorOf(value).GetMembers(context, context.CurrentSpan, value))),
        };
    }

    public static string? Kind(TemplateContext context, object? value)
    {
        ArgumentNullException.ThrowIfNull(context);
        return value is null ? null : context.GetTypeName(value);
    }

    public static int Size(TemplateContext context, SourceSpan span, object? value) => value switch
    {
        string text => text.Length,
        IEnumerable list => ArrayFunctions.Size(context, span, list),
        _ => 0,
    };

    public static string ToJson(TemplateContext context, object? value) => JsonText.Write(context, value);

    public static string? Typeof(object? value) => value switch
    {
        null => null,
        string => "string",
        bool => "boolean",
        ScriptRange => "iterator",
        _ when TypeNames.IsPrimitive(value.GetType()) => "number",
        IList => "array",
        ScriptObject or IDictionary => "object",
        IEnumerable => "iterator",
        _ => "object",
    };

    public static new ScriptArray Values(TemplateContext context, object? value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value is null or IScriptCustomFunction and not IScriptObject)
        {
            return [];
        }

        if (value is IDictionary<string, object?> dictionary)
        {
            return new ScriptArray(ArrayFunctions.Walk(context, context.CurrentSpan, (IEnumerable)dictionary.Values));
        }

        var accessor = context.AccessorOf(value);
        var members = ArrayFunctions.Walk(context, context.CurrentSpan, accessor.GetMembers(context, context.CurrentSpan, value));
        return new ScriptArray(members.Select(member => accessor.TryGetValue(context, context.CurrentSpan, value, (string)member!, out var item) ? item : null));
    }

    private static object? Evaluate(TemplateContext context, object? value, ScriptMode mode, Func<ScriptPage, object?> evaluate)
    {
        if (value is IScriptCustomFunction function)
        {
            return FunctionCalls.Call(context, context.CurrentNode!, function);
        }

        if (value is not string text)
        {
            return value;
        }

        var template = Template.Parse(text, lexerOptions: new LexerOptions { Mode = mode });
        if (template.HasErrors)
        {
            throw new ArgumentException(template.Messages.ToString(), nameof(value));
        }

        try
        {
            return evaluate(template.Page!);
        }
        catch (ScriptRuntimeException exception)
        {
            throw new ArgumentException(exception.Message, nameof(value), exception);
        }
    }
}
