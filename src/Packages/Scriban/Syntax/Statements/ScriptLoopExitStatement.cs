namespace Scriban.Syntax;

/// <summary><c>break</c> and <c>continue</c>.</summary>
internal sealed class ScriptLoopExitStatement(ScriptFlowState exit) : ScriptStatement
{
    internal override (string Name, string Example) Grammar => exit == ScriptFlowState.Break ? ("break statement", "break") : ("continue statement", "continue");

    public override object? Evaluate(TemplateContext context)
    {
        if (!context.IsInLoop)
        {
            throw new ScriptRuntimeException(Span, $"The <{Grammar.Example}> statement can only be used inside for/while loops");
        }

        context.FlowState = exit;
        return null;
    }
}
