namespace Pipelines.Runner.Execution;

/// <summary>The store cannot do its part for a reason outside the program (no permission, a read-only disk).</summary>
public sealed class StorageException(string message, Exception? cause = null) : Exception(message, cause)
{
    public string? Help { get; init; }
}
