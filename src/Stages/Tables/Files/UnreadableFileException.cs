namespace Pipelines.Stages.Tables.Files;

/// <summary>A file does not hold what it should; who reads rows of it says in which one.</summary>
/// <param name="message">What is wrong, as the end of a sentence that begins with the file's name.</param>
internal sealed class UnreadableFileException(string message) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string? Help { get; init; }

    /// <summary>The encoding may be another one; otherwise the file is not whole.</summary>
    public bool IsAboutEncoding { get; init; }
}
