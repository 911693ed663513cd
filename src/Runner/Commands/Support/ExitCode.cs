namespace Pipelines.Runner.Commands;

/// <summary>What a script can rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A stage failed or an expectation was missed.</summary>
    public const int Failed = 1;

    /// <summary>The pipeline file or the command line is wrong.</summary>
    public const int BadInput = 2;

    public const int Interrupted = 130;
}
