using System.Collections;
using System.Numerics;
using System.Text;
using Scriban.Functions;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Runtime.Accessors;
using Scriban.Syntax;

namespace Scriban;

public partial class TemplateContext
{
    private readonly ObjectAccessors _accessors;
    private int _printingDepth;
    private int _printedLength;

    internal IObjectAccessor AccessorOf(object target) => _accessors.For(target);

    /// <summary>Only null and false are false.</summary>
    public virtual bool ToBool(SourceSpan span, object? value) => value switch
    {
        null => false,
        bool truth => truth,
        _ => value != EmptyScriptObject.Default,
    };

    public virtual int ToInt(SourceSpan span, object? value)
    {
        switch (value)
        {
            case null:
                return 0;
            case int integer:
                return integer;
        }

        try
        {
            return value is BigInteger big ? (int)big : Convert.ToInt32(value, CurrentCulture);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException)
        {
            throw new ScriptRuntimeException(span, $"Unable to convert type `{GetTypeName(value)}` to int", exception);
        }
    }

    /// <summary>True when a value is empty; null for null.</summary>
    public virtual object? IsEmpty(SourceSpan span, object? against) => against switch
    {
        null => null,
        ICollection collection => collection.Count == 0,
        IEnumerable sequence => !sequence.Cast<object?>().Any(),
        _ when TypeNames.IsPrimitive(against.GetType()) => false,
        _ => AccessorOf(against).GetMembers(this, span, against).Any(),
    };

    public virtual IList? ToList(SourceSpan span, object? value) => value switch
    {
        null => null,
        IList list => list,
        IEnumerable sequence => new ScriptArray(sequence),
        _ => throw new ScriptRuntimeException(span, "Unexpected list value. Expecting an array, list or iterator. Unable to convert to a list."),
    };

    public virtual string GetTypeName(object? value) => value switch
    {
        null => "null",
        Type type => TypeNames.Of(type),
        _ => TypeNames.Of(value.GetType()),
    };

    public T? ToObject<T>(SourceSpan span, object? value) => (T?)ToObject(span, value, typeof(T));

    /// <summary>Converts a value for a parameter or an operator.</summary>
    /// <exception cref="ScriptRuntimeException">There is no such conversion.</exception>
    public virtual object? ToObject(SourceSpan span, object? value, Type destinationType)
    {
        ArgumentNullException.ThrowIfNull(destinationType);
        if (destinationType == typeof(object))
        {
            return value;
        }

        var nullable = Nullable.GetUnderlyingType(destinationType);
        destinationType = nullable ?? destinationType;
        if (value is null)
        {
            return nullable is null && destinationType.IsValueType ? DefaultOf(destinationType) : null;
        }

        if (destinationType == value.GetType())
        {
            return value;
        }

        return destinationType switch
        {
            _ when destinationType == typeof(string) => ObjectToString(value),
            _ when destinationType == typeof(int) => ToInt(span, value),
            _ when destinationType == typeof(bool) => ToBool(span, value),
            _ when destinationType == typeof(IList) => ToList(span, value),
            _ when destinationType.IsInstanceOfType(value) => value,
            _ => Convertible(span, value, destinationType),
        };
    }

    /// <summary>Prints a value; texts and nulls inside a list are quoted and spelled out.</summary>
    public virtual string? ObjectToString(object? value, bool nested = false)
    {
        if (value is string text && !nested && LimitToString <= 0)
        {
            return text;
        }

        if (_printingDepth == 0)
        {
            _printedLength = 0;
        }

        _printingDepth++;
        try
        {
            if (ObjectRecursionLimit != 0 && _printingDepth > ObjectRecursionLimit)
            {
                throw new InvalidOperationException("Structure is too deeply nested or contains reference loops.");
            }

            var printed = Print(value, nested);
            return LimitToString > 0 && _printingDepth == 1 && printed?.Length >= LimitToString ? printed + Ellipsis : printed;
        }
        finally
        {
            _printingDepth--;
        }
    }

    private static object? DefaultOf(Type type) => type == typeof(BigInteger) || type.IsPrimitive || type == typeof(decimal) ? Activator.CreateInstance(type) : null;

    private object? Convertible(SourceSpan span, object value, Type destinationType)
    {
        try
        {
            if (destinationType.IsEnum)
            {
                return value is string name ? Enum.Parse(destinationType, name) : Enum.ToObject(destinationType, value);
            }

            if (TypeNames.IsPrimitive(value.GetType()) && TypeNames.IsPrimitive(destinationType))
            {
                return Numbers.Convert(value, destinationType, CurrentCulture);
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw CannotConvert(exception);
        }

        throw CannotConvert(null);

        ScriptRuntimeException CannotConvert(Exception? reason)
            => new(span, $"Unable to convert type `{GetTypeName(value)}` to `{GetTypeName(destinationType)}`", reason);
    }

    private string? Print(object? value, bool nested) => value switch
    {
        _ when LimitToString > 0 && _printedLength >= LimitToString => string.Empty,
        string text => PrintText(text, nested),
        null => nested ? "null" : null,
        EmptyScriptObject => nested ? "null" : null,
        bool truth => truth ? "true" : "false",
        DateTime date => PrintDate(date),
        IFormattable formattable => formattable.ToString(null, this),
        IConvertible convertible => convertible.ToString(this),
        IEnumerable sequence => PrintSequence(sequence),
        _ when IsKeyValuePair(value.GetType()) => PrintPair(value),
        IScriptCustomFunction and not ScriptFunction => "<function>",
        _ => value.ToString(),
    };

    private string PrintText(string text, bool nested)
    {
        if (LimitToString > 0 && _printedLength + text.Length >= LimitToString)
        {
            text = text[..(LimitToString - _printedLength)];
            return nested ? $"\"{StringFunctions.Escape(text)}" : text;
        }

        return nested ? $"\"{StringFunctions.Escape(text)}\"" : text;
    }

    private string? PrintDate(DateTime date)
    {
        var functions = DateTimeFunctions.In(this);
        return functions is null ? date.ToString(null, this) : functions.ToString(date, functions.Format, CurrentCulture);
    }

    private string PrintSequence(IEnumerable sequence)
    {
        var printed = new StringBuilder("[");
        _printedLength++;
        foreach (var item in sequence)
        {
            if (printed.Length > 1)
            {
                printed.Append(", ");
                _printedLength += 2;
            }

            var text = ObjectToString(item, true);
            printed.Append(text);
            _printedLength += text?.Length ?? 0;
            if (LimitToString > 0 && _printedLength >= LimitToString)
            {
                return printed.ToString();
            }
        }

        _printedLength++;
        return printed.Append(']').ToString();
    }

    private static bool IsKeyValuePair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private string? PrintPair(object pair)
    {
        var members = new ScriptObject();
        members.Import(pair, renamer: MemberRenamer);
        return ObjectToString(members, true);
    }
}
