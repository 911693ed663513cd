namespace Pipelines.Stages.Contracts;

/// <summary>A file a stage reads from outside the store; its content, never its path, belongs to the fingerprint.</summary>
/// <param name="Path">Absolute: the pipeline file writes it relative to the project root.</param>
public sealed record InputFile(string Path);
