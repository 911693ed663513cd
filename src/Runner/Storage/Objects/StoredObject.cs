using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>An object as a result points to it.</summary>
internal sealed record StoredObject(ContentHash Id, IReadOnlyList<StoredFile> Files)
{
    public long Bytes => Files.Sum(file => file.Bytes);
}
