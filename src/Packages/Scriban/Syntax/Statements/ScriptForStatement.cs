using System.Collections;

namespace Scriban.Syntax;

/// <summary><c>for x in list offset:1 limit:2 reversed … else … end</c>.</summary>
internal class ScriptForStatement : ScriptLoopStatement
{
    public ScriptExpression? Variable { get; set; }

    public ScriptExpression? Iterator { get; set; }

    public List<ScriptNamedArgument> Options { get; } = [];

    public ScriptElseStatement? Else { get; set; }

    internal override (string Name, string Example) Grammar => ("for statement", "for <variable> in <expression> ... end");

    protected virtual ScriptVariable StateVariable { get; } = new("for");

    protected override object? Run(TemplateContext context)
    {
        var value = Iterator!.Evaluate(context);
        if (value is null)
        {
            return null;
        }

        if (value is not IEnumerable list)
        {
            throw new ScriptRuntimeException(Iterator.Span, $"Unexpected type `{value.GetType()}` for iterator");
        }

        if (Options.Count > 0)
        {
            list = Select(context, list.Cast<object?>());
        }

        BeforeLoop(context);
        var items = list.GetEnumerator();
        try
        {
            var state = new LoopState(list, items);
            context.SetLoopVariable(StateVariable, state);
            var entered = items.MoveNext();
            var result = entered ? Walk(context, items, state) : null;
            AfterLoop(context);
            return entered ? result : Else?.Evaluate(context);
        }
        finally
        {
            (items as IDisposable)?.Dispose();
        }
    }

    protected virtual void BeforeLoop(TemplateContext context)
    {
    }

    protected virtual void AfterLoop(TemplateContext context)
    {
    }

    protected virtual object? EvaluateBody(TemplateContext context, LoopState state) => Body?.Evaluate(context);

    protected virtual void SetOption(TemplateContext context, ScriptNamedArgument option)
        => throw new ScriptRuntimeException(option.Span, $"Unsupported argument `{option.Name}` for statement: `{this}`");

    private object? Walk(TemplateContext context, IEnumerator items, LoopState state)
    {
        object? previous = null;
        object? result;
        var index = 0;
        do
        {
            context.StepLoop(this);
            var item = items.Current;
            state.Advance(index, index == 0 || !Equals(previous, item));
            if (Variable is ScriptVariable variable)
            {
                context.SetLoopVariable(variable, item);
            }
            else
            {
                ((ScriptPathExpression)Variable!).SetValue(context, item);
            }

            result = EvaluateBody(context, state);
            previous = item;
            index++;
        }
        while (!state.IsLast() & Continues(context));

        return result;
    }

    private IEnumerable<object?> Select(TemplateContext context, IEnumerable<object?> items)
    {
        int offset = 0, limit = 0;
        var reversed = false;
        foreach (var option in Options)
        {
            switch (option.Name)
            {
                case "offset":
                    offset = Number(context, option);
                    break;
                case "limit":
                    limit = Number(context, option);
                    break;
                case "reversed":
                    reversed = true;
                    break;
                default:
                    SetOption(context, option);
                    break;
            }
        }

        items = offset > 0 ? items.Skip(offset) : items;
        items = reversed ? items.Reverse() : items;
        return limit > 0 ? items.Take(limit) : items;
    }

    protected static int Number(TemplateContext context, ScriptNamedArgument option) => option.Value is null
        ? throw new ScriptRuntimeException(option.Span, $"Invalid `{option.Name}` argument. Value is required.")
        : context.ToInt(option.Value.Span, option.Value.Evaluate(context));
}
