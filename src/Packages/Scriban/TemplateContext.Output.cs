using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban;

public partial class TemplateContext
{
    private const string Ellipsis = "...";
    private readonly Stack<IScriptOutput> _outputs = new();
    private int _writtenLength;
    private bool _ellipsisWritten;
    private bool _atLineStart;

    /// <summary>Repeats the blanks before <c>{{</c> in front of each further line of the value; on by default.</summary>
    public bool AutoIndent { get; set; } = true;

    public bool IndentOnEmptyLines { get; set; } = true;

    /// <summary>The blanks put in front of each new line, or null.</summary>
    public string? CurrentIndent { get; set; }

    public string NewLine { get; set; } = Environment.NewLine;

    /// <summary>False while a template is evaluated for its value alone.</summary>
    public bool EnableOutput { get; set; } = true;

    public IScriptOutput Output => _outputs.Peek();

    public int OutputCount => _outputs.Count;

    public void PushOutput() => PushOutput(new StringBuilderOutput());

    public void PushOutput(IScriptOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _outputs.Push(output);
    }

    public IScriptOutput PopOutput() => _outputs.Count > 1
        ? _outputs.Pop()
        : throw new InvalidOperationException("Unexpected PopOutput for top level writer");

    public virtual TemplateContext Write(SourceSpan span, object? textAsObject) => Write(ObjectToString(textAsObject));

    public TemplateContext Write(string? text) => text is null ? this : Write(text, 0, text.Length);

    public TemplateContext WriteLine() => Write(NewLine);

    public TemplateContext Write(string? text, int startIndex, int count)
    {
        if (text is null || count <= 0)
        {
            return this;
        }

        if (CurrentIndent is null)
        {
            _atLineStart = text[startIndex + count - 1] == '\n';
            WriteLimited(text, startIndex, count);
            return this;
        }

        var end = startIndex + count;
        for (var index = startIndex; index < end;)
        {
            var newLine = text.IndexOf('\n', index, end - index);
            var lineEnd = newLine < 0 ? end : newLine;
            if (_atLineStart && (newLine < 0 || IndentOnEmptyLines || !IsEmptyLine(text, index, lineEnd)))
            {
                WriteLimited(CurrentIndent, 0, CurrentIndent.Length);
                _atLineStart = false;
            }

            var next = newLine < 0 ? end : newLine + 1;
            WriteLimited(text, index, next - index);
            _atLineStart = newLine >= 0 || _atLineStart;
            index = next;
        }

        return this;
    }

    /// <summary>Forgets that the last text ended a line.</summary>
    public void ResetPreviousNewLine() => _atLineStart = false;

    private static bool IsEmptyLine(string text, int start, int end) => end == start || (end == start + 1 && text[start] == '\r');

    private void WriteLimited(string text, int startIndex, int count)
    {
        if (LimitToString <= 0)
        {
            Output.Write(text, startIndex, count);
            return;
        }

        var allowed = Math.Min(count, Math.Max(0, LimitToString - _writtenLength));
        if (allowed > 0)
        {
            Output.Write(text, startIndex, allowed);
            _writtenLength += allowed;
        }

        if (allowed < count && !_ellipsisWritten)
        {
            Output.Write(Ellipsis, 0, Ellipsis.Length);
            _ellipsisWritten = true;
        }
    }

    private void ResetOutputLimit()
    {
        _writtenLength = 0;
        _ellipsisWritten = false;
    }
}
