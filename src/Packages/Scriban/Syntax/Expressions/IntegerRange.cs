using System.Numerics;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>from..to</c> and <c>from..&lt;to</c>, upwards or downwards.</summary>
internal static class IntegerRange
{
    /// <exception cref="ScriptRuntimeException">The range is longer than the loop limit.</exception>
    public static ScriptRange Create(TemplateContext context, SourceSpan span, BigInteger from, BigInteger to, ScriptBinaryOperator op)
    {
        var includesEnd = op == ScriptBinaryOperator.RangeInclude;
        var count = BigInteger.Abs(to - from) + (includesEnd ? 1 : 0);
        return context.LoopLimit > 0 && count > context.LoopLimit
            ? throw new ScriptRuntimeException(span, $"Range expression exceeds LoopLimit `{context.LoopLimit}`.")
            : new ScriptRange(Walk(from, count, from <= to ? 1 : -1));
    }

    private static IEnumerable<object> Walk(BigInteger from, BigInteger count, int step)
    {
        for (BigInteger i = 0; i < count; i++, from += step)
        {
            yield return Numbers.Fit(from);
        }
    }
}
