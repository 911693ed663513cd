namespace Scriban.Syntax;

internal sealed class ScriptReadOnlyStatement : ScriptStatement
{
    public ScriptVariable? Variable { get; set; }

    internal override (string Name, string Example) Grammar => ("readonly statement", "readonly <variable>");

    public override object? Evaluate(TemplateContext context)
    {
        context.SetReadOnly(Variable!);
        return null;
    }
}
