namespace Scriban.Syntax;

/// <summary>What the loops share: their own variables, and how they end.</summary>
internal abstract class ScriptLoopStatement : ScriptStatement
{
    public ScriptBlockStatement? Body { get; set; }

    public sealed override object? Evaluate(TemplateContext context)
    {
        context.EnterLoop();
        try
        {
            return Run(context);
        }
        finally
        {
            context.ExitLoop();
            if (context.FlowState != ScriptFlowState.Return)
            {
                context.FlowState = ScriptFlowState.None;
            }
        }
    }

    protected abstract object? Run(TemplateContext context);

    protected static bool Continues(TemplateContext context)
    {
        if (context.FlowState == ScriptFlowState.Return)
        {
            return false;
        }

        var continues = context.FlowState != ScriptFlowState.Break;
        context.FlowState = ScriptFlowState.None;
        return continues;
    }
}
