namespace Scriban.Syntax;

internal sealed class ScriptExpressionStatement : ScriptStatement
{
    public ScriptExpression? Expression { get; set; }

    internal override (string Name, string Example) Grammar => ("expression statement", "<expression>");

    internal override bool CanOutput => Expression is not ScriptAssignExpression;

    public override object? Evaluate(TemplateContext context)
    {
        var result = Expression?.Evaluate(context);

        // `$$` holds the body of a wrap, which runs where it is named.
        return result is ScriptBlockStatement block ? block.Evaluate(context) : result;
    }
}
