namespace Pipelines.Runner.Documents;

/// <summary>A text before its variables were replaced, and which part of the result each became.</summary>
/// <param name="Parts">In order.</param>
public sealed record SourceMap(string Written, IReadOnlyList<SourceMapPart> Parts)
{
    /// <summary>The part of the written text that became this part of the result: a variable as a whole.</summary>
    public (int From, int To) WrittenOf(int start, int length) => (WrittenOf(start, isEnd: false), WrittenOf(start + length, isEnd: true));

    private int WrittenOf(int position, bool isEnd)
    {
        var shift = 0;
        foreach (var part in Parts)
        {
            var end = part.At + part.Length;
            if (position < part.At || (isEnd && position == part.At))
                break;
            if (position < end || (isEnd && position == end))
                return isEnd ? part.WrittenAt + part.WrittenLength : part.WrittenAt;
            shift = part.WrittenAt + part.WrittenLength - end;
        }
        return Math.Clamp(position + shift, 0, Written.Length);
    }
}

/// <param name="At">Its place in the result.</param>
/// <param name="WrittenAt">Its place in the written text: of <c>${name}</c>, or of <c>$${</c>.</param>
public sealed record SourceMapPart(int At, int Length, int WrittenAt, int WrittenLength);
