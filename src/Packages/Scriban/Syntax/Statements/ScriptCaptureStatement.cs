namespace Scriban.Syntax;

/// <summary><c>capture x … end</c>: the text goes into a variable.</summary>
internal sealed class ScriptCaptureStatement : ScriptStatement
{
    public ScriptExpression? Target { get; set; }

    public ScriptBlockStatement? Body { get; set; }

    internal override (string Name, string Example) Grammar => ("capture statement", "capture <variable> ... end");

    public override object? Evaluate(TemplateContext context)
    {
        if (Target is not ScriptPathExpression target)
        {
            throw new ScriptRuntimeException(Target?.Span ?? Span, "Unsupported target expression for assignment.");
        }

        context.PushOutput();
        try
        {
            Body?.Evaluate(context);
        }
        finally
        {
            target.SetValue(context, context.PopOutput());
        }

        return null;
    }
}
