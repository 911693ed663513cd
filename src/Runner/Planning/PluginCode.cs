using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Planning;

/// <summary>The assembly a stage kind comes from when it is not the runner's own.</summary>
/// <param name="Path">As shown: from the project root.</param>
/// <param name="Hash">Of its bytes and of the assemblies it brings along: authors forget to raise a version while they develop.</param>
public sealed record PluginCode(string Path, ContentHash Hash);
