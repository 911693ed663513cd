namespace Scriban.Parsing;

/// <summary>A stretch of a template; <see cref="End"/> is its last character.</summary>
public struct SourceSpan
{
    public SourceSpan(string fileName, TextPosition start, TextPosition end)
    {
        FileName = fileName;
        Start = start;
        End = end;
    }

    public string FileName { get; set; }

    public readonly bool IsEmpty => FileName is null;

    public TextPosition Start { get; set; }

    public TextPosition End { get; set; }

    public readonly int Length => End.Offset - Start.Offset + 1;

    public override readonly string ToString() => $"{FileName}({Start})-({End})";

    public readonly string ToStringSimple() => $"{FileName}({Start.ToStringSimple()})";

    internal readonly SourceSpan UpTo(SourceSpan last) => new(FileName, Start, last.End);

    /// <summary>The single column after this span, where a missing argument is reported.</summary>
    internal readonly SourceSpan After() => new(FileName, End.NextColumn(), End.NextColumn());
}
