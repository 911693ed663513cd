namespace Scriban.Parsing;

public record LexerOptions
{
    public static readonly LexerOptions Default = new();

    public ScriptMode Mode { get; init; }
}
