namespace Scriban.Syntax;

internal sealed class ScriptWhenStatement : ScriptStatement
{
    public List<ScriptExpression> Values { get; } = [];

    public ScriptBlockStatement? Body { get; set; }

    /// <summary>The next <c>when</c>, or the block of an <c>else</c>.</summary>
    public ScriptStatement? Next { get; set; }

    internal override (string Name, string Example) Grammar => ("when statement", "when <expression> ... end|when|else");

    public override object? Evaluate(TemplateContext context)
    {
        var value = context.CaseValues.Peek();
        foreach (var candidate in Values)
        {
            if (BinaryOperation.AreEqual(context, Span, value, candidate.Evaluate(context)))
            {
                return Body?.Evaluate(context);
            }
        }

        return Next?.Evaluate(context);
    }
}
