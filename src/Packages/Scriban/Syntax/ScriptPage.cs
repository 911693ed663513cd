namespace Scriban.Syntax;

/// <summary>The whole of a template.</summary>
public sealed class ScriptPage : ScriptNode
{
    public ScriptBlockStatement? Body { get; internal set; }

    public override object? Evaluate(TemplateContext context)
    {
        context.FlowState = ScriptFlowState.None;
        try
        {
            return Body?.Evaluate(context);
        }
        finally
        {
            context.FlowState = ScriptFlowState.None;
        }
    }
}
