namespace Pipelines.Stages.Contracts;

/// <summary>A file a stage reads from outside the store; its content, never its path, belongs to the fingerprint.</summary>
/// <param name="Path">As bound: relative to the project root. While a stage runs: absolute.</param>
public sealed record InputFile(string Path);
