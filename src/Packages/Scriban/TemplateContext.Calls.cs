using Scriban.Syntax;

namespace Scriban;

public partial class TemplateContext
{
    private readonly Stack<ScriptBlockStatement> _wrappedBlocks = new();

    /// <summary>The values of the <c>case</c> statements being evaluated.</summary>
    internal Stack<object?> CaseValues { get; } = new();

    /// <summary>The left sides of pipes that no call has taken yet, innermost first.</summary>
    internal PendingPipe? Pipes { get; set; }

    internal ScriptExpression? TakePipe()
    {
        var pipe = Pipes;
        Pipes = pipe?.Outer;
        return pipe?.From;
    }

    /// <summary>Hands the body of a <c>wrap</c> to the next call.</summary>
    internal void PushWrappedBlock(ScriptBlockStatement block) => _wrappedBlocks.Push(block);

    internal ScriptBlockStatement? TakeWrappedBlock() => _wrappedBlocks.TryPop(out var block) ? block : null;

    internal sealed record PendingPipe(ScriptExpression From, PendingPipe? Outer);
}
