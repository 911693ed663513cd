namespace Scriban.Syntax;

public abstract class ScriptStatement : ScriptNode
{
    /// <summary>False for assignments: their value is not printed.</summary>
    internal virtual bool CanOutput => true;
}
