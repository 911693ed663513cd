using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>The content of files and folders outside the store, by path relative to the project root.</summary>
public interface IInputFiles
{
    string Absolute(string path);

    bool Exists(string path);

    /// <summary>Whether it is a file, not a folder, below the project root.</summary>
    bool IsFile(string path);

    /// <summary>Whether it is a pipe or a device: its content can be read only once, or never ends.</summary>
    bool IsSpecial(string path);

    /// <summary>Hash of the content of a file, or of names and contents of a folder; null when there is none.</summary>
    ContentHash? Find(string path);

    /// <summary>Whether the content differs from what <see cref="Find"/> last gave.</summary>
    bool HasChanged(string path);

    /// <summary>The existing path whose name is nearest, or null.</summary>
    string? Nearest(string path);

    /// <summary>Keeps what was hashed for the next run.</summary>
    void Save();
}
