namespace Pipelines.Runner.Commands;

/// <summary>The command cannot be carried out as it was given: exit code 2.</summary>
internal sealed class UsageException(string message, string? help = null) : Exception(message)
{
    public string? Help { get; } = help;
}
