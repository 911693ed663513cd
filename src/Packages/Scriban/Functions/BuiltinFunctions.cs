using Scriban.Runtime;

namespace Scriban.Functions;

/// <summary>The names every template knows; made once and copied for each context.</summary>
public class BuiltinFunctions : ScriptObject
{
    private static readonly Lazy<ScriptObject> s_builtins = new(Create);

    public BuiltinFunctions()
        : base(12, false)
    {
        ((ScriptObject)s_builtins.Value.Clone(true)).CopyTo(this);
    }

    private static ScriptObject Create()
    {
        var builtins = new ScriptObject();
        builtins.SetValue("array", new ArrayFunctions(), true);
        builtins.SetValue("empty", EmptyScriptObject.Default, true);
        builtins.SetValue("blank", EmptyScriptObject.Default, true);
        builtins.SetValue("include", new IncludeFunction(), true);
        builtins.SetValue("include_join", new IncludeJoinFunction(), true);
        builtins.SetValue("date", new DateTimeFunctions(), true);
        builtins.SetValue("html", new HtmlFunctions(), true);
        builtins.SetValue("math", new MathFunctions(), true);
        builtins.SetValue("object", new ObjectFunctions(), true);
        builtins.SetValue("regex", new RegexFunctions(), true);
        builtins.SetValue("string", new StringFunctions(), true);
        builtins.SetValue("timespan", new TimeSpanFunctions(), true);
        return builtins;
    }
}
