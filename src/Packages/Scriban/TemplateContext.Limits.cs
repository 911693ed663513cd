using System.Runtime.CompilerServices;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Scriban;

public partial class TemplateContext
{
    private int _callDepth;
    private int _loopDepth;
    private long _loopStep;
    private int _statementLoops;

    /// <summary>Iterations that all nested loops together may take; 0 is no limit.</summary>
    public int LoopLimit { get; set; } = 1000;

    /// <summary>Nested calls and includes allowed; 0 is no limit.</summary>
    public int RecursiveLimit { get; set; } = 100;

    /// <summary>Characters after which the output is cut and ends in <c>...</c>; 0 is no limit.</summary>
    public int LimitToString { get; set; } = 1048576;

    /// <summary>Nesting at which printing a value gives up; 0 is no limit.</summary>
    public int ObjectRecursionLimit { get; set; } = 20;

    internal bool IsInLoop => _statementLoops > 0;

    /// <summary>Throws when the rendering is cancelled.</summary>
    public void CheckAbort()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (CancellationToken.IsCancellationRequested)
        {
            throw new ScriptAbortException(CurrentSpan, CancellationToken);
        }
    }

    public void EnterRecursive(ScriptNode? node)
    {
        var span = node?.Span ?? CurrentSpan;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ScriptRuntimeException(span, "Exceeding recursive depth limit, near to stack overflow");
        }

        _callDepth++;
        if (RecursiveLimit != 0 && _callDepth > RecursiveLimit)
        {
            _callDepth--;
            throw new ScriptRuntimeException(span, $"Exceeding number of recursive depth limit `{RecursiveLimit}` for node: `{node}`");
        }
    }

    public void ExitRecursive(ScriptNode? node) => _callDepth--;

    /// <summary>Counts the steps of a builtin that walks a list; nested scopes share the count.</summary>
    internal LoopScope EnterLoopScope()
    {
        if (_loopDepth++ == 0)
        {
            _loopStep = 0;
        }

        return new LoopScope(this);
    }

    internal void StepLoop(SourceSpan span, long steps = 1)
    {
        CheckAbort();
        _loopStep += steps;
        if (LoopLimit != 0 && _loopStep > LoopLimit)
        {
            throw new ScriptRuntimeException(span, $"Exceeding number of iteration limit `{LoopLimit}` for internal iteration.");
        }
    }

    internal void StepLoop(ScriptStatement loop)
    {
        _loopStep++;
        if (LoopLimit != 0 && _loopStep > LoopLimit)
        {
            throw new ScriptRuntimeException(loop.Span, $"Exceeding number of iteration limit `{LoopLimit}` for loop statement.");
        }
    }

    internal void EnterLoop()
    {
        _statementLoops++;
        PushLoopVariables();
        EnterLoopScope();
    }

    internal void ExitLoop()
    {
        PopLoopVariables();
        ExitLoopScope();
        _statementLoops--;
    }

    private void ExitLoopScope() => _loopDepth--;

    internal readonly struct LoopScope(TemplateContext context) : IDisposable
    {
        public void Dispose() => context.ExitLoopScope();
    }
}
