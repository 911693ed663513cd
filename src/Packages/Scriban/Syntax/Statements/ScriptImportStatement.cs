using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>import object</c>: its members become variables.</summary>
internal sealed class ScriptImportStatement : ScriptStatement
{
    public ScriptExpression? Expression { get; set; }

    internal override (string Name, string Example) Grammar => ("import statement", "import <expression>");

    public override object? Evaluate(TemplateContext context)
    {
        var value = Expression!.Evaluate(context);
        if (value is null)
        {
            return null;
        }

        if (value is not ScriptObject scriptObject)
        {
            throw new ScriptRuntimeException(Expression.Span, $"Unexpected value `{context.GetTypeName(value)}` for import. Expecting an plain script object.");
        }

        context.CurrentGlobal!.Import(scriptObject);
        return null;
    }
}
