using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace Scriban.Runtime;

/// <summary>Ways to fill a script object.</summary>
public static class ScriptObjectExtensions
{
    public static void AssertNotReadOnly(this IScriptObject scriptObject)
    {
        ArgumentNullException.ThrowIfNull(scriptObject);
        if (scriptObject.IsReadOnly)
        {
            throw new InvalidOperationException("The object is readonly");
        }
    }

    public static bool TryGetValue(this IScriptObject @this, string key, out object? value)
        => @this.TryGetValue(new TemplateContext(), default, key, out value);

    public static void SetValue(this IScriptObject @this, string member, object? value, bool readOnly)
    {
        if (@this is ScriptObject scriptObject)
        {
            scriptObject.SetValue(member, value, readOnly);
            return;
        }

        @this.TrySetValue(new TemplateContext(), default, member, value, readOnly);
    }

    /// <summary>The object itself, or the named members of an array.</summary>
    public static ScriptObject GetScriptObject(this IScriptObject @this) => @this switch
    {
        ScriptObject scriptObject => scriptObject,
        ScriptArray array => array.ScriptObject,
        _ => throw new ArgumentException("Expecting ScriptObject or ScriptArray instance", nameof(@this)),
    };

    public static void Import(this IScriptObject @this, IScriptObject other)
    {
        if (other is not null)
        {
            @this.AssertNotReadOnly();
            @this.GetScriptObject().ImportEntries(other.GetScriptObject());
        }
    }

    /// <summary>Imports entries of a script object or dictionary as they are, and the renamed public members of anything else; of a type, its static ones.</summary>
    public static void Import(this IScriptObject script, object? obj, MemberFilterDelegate? filter = null, MemberRenamerDelegate? renamer = null)
    {
        switch (obj)
        {
            case null:
                break;
            case IScriptObject other:
                script.Import(other);
                break;
            case IDictionary dictionary:
                ImportDictionary(script.GetScriptObject(), dictionary);
                break;
            case JsonElement json:
                ImportJson(script, json);
                break;
            default:
                ImportMembers(script, obj, filter, renamer ?? StandardMemberRenamer.Default);
                break;
        }
    }

    /// <summary>Adds a function under the given name, which is not renamed.</summary>
    public static void Import(this IScriptObject script, string member, Delegate function)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(function);
        script.TrySetValue(new TemplateContext(), default, member, new DelegateCustomFunction(function), true);
    }

    private static void ImportDictionary(ScriptObject script, IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            if (entry.Key.ToString() is { } member && script.CanWrite(member))
            {
                script[member] = JsonValue.Unwrap(entry.Value);
            }
        }
    }

    private static void ImportJson(IScriptObject script, JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return;
        }

        if (JsonValue.From(json) is not ScriptObject imported)
        {
            throw new ArgumentOutOfRangeException(nameof(json), $"Unsupported object type `{json.ValueKind}`. Expecting Json Object.");
        }

        script.GetScriptObject().ImportEntries(imported);
    }

    private static void ImportMembers(IScriptObject script, object obj, MemberFilterDelegate? filter, MemberRenamerDelegate renamer)
    {
        if (!ScriptObject.IsImportable(obj))
        {
            throw new ArgumentOutOfRangeException(nameof(obj), $"Unsupported object type `{obj.GetType()}`. Expecting plain class or struct");
        }

        var staticType = obj as Type;
        var flags = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly | (staticType is null ? BindingFlags.Instance : 0);
        foreach (var type in BaseTypesFirst(staticType ?? obj.GetType()))
        {
            MemberInfo[] members = [.. type.GetFields(flags), .. type.GetProperties(flags), .. type.GetMethods(flags)];
            foreach (var member in members)
            {
                if (filter?.Invoke(member) != false && member.GetCustomAttribute<ScriptMemberIgnoreAttribute>() is null)
                {
                    ImportMember(script, staticType is null ? obj : null, member, renamer);
                }
            }
        }
    }

    private static void ImportMember(IScriptObject script, object? target, MemberInfo member, MemberRenamerDelegate renamer)
    {
        switch (member)
        {
            case FieldInfo { IsLiteral: false } field:
                script.SetValue(NameOf(member, renamer), JsonValue.Unwrap(field.GetValue(target)), field.IsInitOnly);
                break;
            case PropertyInfo { GetMethod.IsPublic: true } property when property.GetIndexParameters().Length == 0:
                script.SetValue(NameOf(member, renamer), JsonValue.Unwrap(property.GetValue(target)), false);
                break;
            case MethodInfo { IsStatic: true, IsSpecialName: false } method when target is null:
                script.SetValue(NameOf(member, renamer), new DelegateCustomFunction(null, method), true);
                break;
        }
    }

    private static string NameOf(MemberInfo member, MemberRenamerDelegate renamer)
    {
        var name = renamer(member);
        return string.IsNullOrEmpty(name) ? member.Name : name;
    }

    private static Stack<Type> BaseTypesFirst(Type type)
    {
        var chain = new Stack<Type>();
        for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            chain.Push(current);
        }

        return chain;
    }
}
