namespace Pipelines.Runner.Documents;

/// <summary>The text of a pipeline file (or of the command line), so that places in it can be shown.</summary>
/// <param name="Path">As the user would write it.</param>
public sealed record SourceFile(string Path, string Text);

/// <summary>A place in a source; line and column count from 1, length in characters on that line.</summary>
public readonly record struct SourceSpan(SourceFile File, int Line, int Column, int Length)
{
    public override string ToString() => $"{File.Path}:{Line}:{Column}";
}
