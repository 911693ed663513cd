using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    /// <summary>An expression being read.</summary>
    private sealed class Expression(ScriptNode parent, ScriptExpression? outerCall, int enteringPrecedence, ExpressionMode mode, bool allowAssignment)
    {
        public ScriptNode Parent => parent;

        /// <summary>The call whose argument this is part of: it takes what follows as its own arguments.</summary>
        public ScriptExpression? OuterCall => outerCall;

        public int EnteringPrecedence { get; } = enteringPrecedence;

        public int Precedence { get; set; } = enteringPrecedence;

        public ExpressionMode EntryMode => mode;

        public ExpressionMode Mode => mode == ExpressionMode.When ? ExpressionMode.Default : mode;

        public bool AllowAssignment => allowAssignment;

        public int OperandCount { get; set; }

        public ScriptExpression Left { get; set; } = null!;

        /// <summary>A call without parentheses that is still gathering arguments.</summary>
        public ScriptFunctionCall? Call { get; set; }
    }
}
