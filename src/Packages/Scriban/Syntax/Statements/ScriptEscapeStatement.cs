namespace Scriban.Syntax;

/// <summary>The braces at either end of code; the opening ones know the blanks before them.</summary>
internal sealed class ScriptEscapeStatement(bool isEntering, string indent) : ScriptStatement
{
    public bool IsEntering => isEntering;

    public string Indent => indent;

    public override object? Evaluate(TemplateContext context) => null;
}
