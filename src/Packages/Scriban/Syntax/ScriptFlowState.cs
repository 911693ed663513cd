namespace Scriban.Syntax;

/// <summary>Why the statements of a block are being left.</summary>
internal enum ScriptFlowState
{
    None,
    Break,
    Continue,
    Return,
}
