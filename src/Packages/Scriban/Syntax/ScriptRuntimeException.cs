using Scriban.Parsing;

namespace Scriban.Syntax;

/// <summary>An error of a rendering; the message is <c>file(line,column) : error : text</c>.</summary>
public class ScriptRuntimeException : Exception
{
    public ScriptRuntimeException(SourceSpan span, string message)
        : this(span, message, null)
    {
    }

    public ScriptRuntimeException(SourceSpan span, string message, Exception? innerException)
        : base(message, innerException)
    {
        Span = span;
    }

    public SourceSpan Span { get; }

    public override string Message => new LogMessage(ParserMessageType.Error, Span, OriginalMessage).ToString();

    /// <summary>The text alone, without the place.</summary>
    public string OriginalMessage => base.Message;

    public override string ToString() => Message;
}
