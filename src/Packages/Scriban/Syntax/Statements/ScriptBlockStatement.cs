namespace Scriban.Syntax;

/// <summary>Statements in a row; each value that is not assigned is written.</summary>
public sealed class ScriptBlockStatement : ScriptStatement
{
    internal override (string Name, string Example) Grammar => ("block statement", "<statement>...end");

    internal List<ScriptStatement> Statements { get; } = [];

    public override object? Evaluate(TemplateContext context)
    {
        var outerIndent = context.CurrentIndent;
        ScriptNode current = this;
        try
        {
            return EvaluateStatements(context, outerIndent, ref current);
        }
        catch (Exception exception) when (exception is not ScriptRuntimeException)
        {
            throw new ScriptRuntimeException(current.Span, exception.Message, exception);
        }
        finally
        {
            context.CurrentIndent = outerIndent;
        }
    }

    private object? EvaluateStatements(TemplateContext context, string? outerIndent, ref ScriptNode current)
    {
        var indent = outerIndent;
        object? result = null;
        foreach (var statement in Statements)
        {
            current = statement;
            context.CheckAbort();
            if (statement is ScriptEscapeStatement escape)
            {
                indent = !context.AutoIndent ? indent : escape.IsEntering ? escape.Indent : outerIndent;
                continue;
            }

            context.CurrentIndent = indent;
            result = statement.Evaluate(context);
            if (!statement.CanOutput)
            {
                result = null;
            }
            else if (result is not null && context.EnableOutput && context.FlowState != ScriptFlowState.Return)
            {
                context.Write(Span, result);
                result = null;
            }

            if (context.FlowState != ScriptFlowState.None)
            {
                break;
            }
        }

        return result;
    }
}
