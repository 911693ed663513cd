using Scriban.Parsing;

namespace Scriban.Syntax;

/// <summary>A node of the syntax tree; prints as it is written in the template.</summary>
public abstract class ScriptNode
{
    public SourceSpan Span { get; set; }

    /// <summary>Name and form of the construct, as the parser's messages show them.</summary>
    internal virtual (string Name, string Example) Grammar => (GetType().Name, "...");

    /// <summary>The template's text.</summary>
    internal string Source { get; set; } = string.Empty;

    public abstract object? Evaluate(TemplateContext context);

    public sealed override string ToString() => Describe();

    internal virtual string Describe()
    {
        var start = Span.Start.Offset;
        var end = Math.Min(Span.End.Offset + 1, Source.Length);
        return start >= 0 && start < end ? Source[start..end] : string.Empty;
    }
}
