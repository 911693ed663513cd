namespace Pipelines.Runner.Documents;

/// <summary>
/// How far the variables of one pipeline may spread, all cells together: variables that repeat each other grow as fast as any "YAML bomb".
/// </summary>
public sealed class SpreadLimit
{
    private const long MaxCharacters = 5_000_000;

    private long _characters;

    internal bool IsReported { get; set; }

    internal bool Allows(int characters) => (_characters += characters) <= MaxCharacters;
}
