namespace Scriban.Syntax;

/// <summary>Text outside of code.</summary>
internal sealed class ScriptRawStatement(string source, int start, int length) : ScriptStatement
{
    public int End => start + length;

    public override object? Evaluate(TemplateContext context)
    {
        if (!context.EnableOutput)
        {
            return length == 0 ? null : source.Substring(start, length);
        }

        context.Write(source, start, length);
        return null;
    }
}
