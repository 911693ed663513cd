using Scriban.Runtime;

namespace Scriban.Syntax;

internal sealed class ScriptReturnStatement : ScriptStatement
{
    public ScriptExpression? Expression { get; set; }

    internal override (string Name, string Example) Grammar => ("return statement", "return <expression>?");

    public override object? Evaluate(TemplateContext context)
    {
        var result = Expression?.Evaluate(context);

        // A range is computed when it is walked, which would be outside of this function.
        result = result is ScriptRange range ? new ScriptArray((System.Collections.IEnumerable)range) : result;
        context.FlowState = ScriptFlowState.Return;
        return result;
    }
}
