using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>[a, b]</c>.</summary>
internal sealed class ScriptArrayInitializerExpression : ScriptExpression
{
    public List<ScriptExpression> Values { get; } = [];

    internal override (string Name, string Example) Grammar => ("array initializer", "[item1, item2,...]");

    public override object? Evaluate(TemplateContext context)
    {
        var array = new ScriptArray(Values.Count);
        foreach (var value in Values)
        {
            array.Add(value.Evaluate(context));
        }

        return array;
    }
}
