namespace Scriban.Syntax;

internal sealed class ScriptWhileStatement : ScriptLoopStatement
{
    private static readonly ScriptVariable s_state = new("while");

    public ScriptExpression? Condition { get; set; }

    internal override (string Name, string Example) Grammar => ("while statement", "while <expression> ... end");

    protected override object? Run(TemplateContext context)
    {
        var state = new LoopState();
        context.SetLoopVariable(s_state, state);
        object? result = null;
        for (var index = 0; ; index++)
        {
            context.StepLoop(this);
            if (!context.ToBool(Condition!.Span, Condition.Evaluate(context)))
            {
                return result;
            }

            state.Index = index;
            result = Body?.Evaluate(context);
            if (!Continues(context))
            {
                return result;
            }
        }
    }
}
