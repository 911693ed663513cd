using System.Collections.ObjectModel;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>How to run a plan.</summary>
/// <param name="Jobs">How many stages may run side by side (torch stages never do).</param>
/// <param name="Only">Run these stages and what they need; null: all.</param>
/// <param name="Force">Stages to run even when the store has their result; their new result replaces it.</param>
/// <param name="Engine">What torch stages compute with, e.g. <c>libtorch 1.13.1</c>; known without loading it.</param>
public sealed record RunOptions(
    string ProjectRoot, int Jobs, int Threads, string Device, bool KeepGoing, IReadOnlySet<string>? Only, IReadOnlySet<string> Force,
    string? Engine = null, string CommandLine = "")
{
    /// <summary>Whether heavy stages, and what needs them, are left as they last were.</summary>
    public bool Light { get; init; }

    /// <summary>Environment variables, for the commands whose results depend on them.</summary>
#pragma warning disable RS0030 // What commands read where nothing else is given.
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
#pragma warning restore RS0030

    /// <summary>The commits of revisions that stages load from the hub (<see cref="HubRepository.Source"/>).</summary>
    public IReadOnlyDictionary<string, string> Commits { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Where stages run that it takes; null: all run here.</summary>
    public IStageHost? Host { get; init; }

    /// <summary>The fingerprint that the stages of <see cref="Only"/> were promised to have, in hexadecimal; null: nothing was.</summary>
    public string? Promised { get; init; }

    public bool Forces(PlannedStage stage) => Force.Contains(stage.Id);

    /// <summary>Whether a stage that would have to run is left as it last was.</summary>
    public bool Leaves(PlannedStage stage) => Light && stage.Policy.IsHeavy && !Forces(stage);
}
