using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary>A place in a template, in the form of all findings: with the line and a caret.</summary>
internal static class TemplateFinding
{
    /// <param name="span">Lines and columns count from 0.</param>
    public static Diagnostic Of(SourceFile file, Scriban.Parsing.SourceSpan span, string message, string? help)
    {
        var length = span.End.Line == span.Start.Line ? Math.Max(1, span.End.Column - span.Start.Column + 1) : 1;
        SourceSpan at = new(file, Math.Max(0, span.Start.Line) + 1, Math.Max(0, span.Start.Column) + 1, length);
        return new("template", Severity.Error, message, at, help);
    }
}
