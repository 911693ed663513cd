using System.Reflection;
using System.Runtime.InteropServices;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>One run as it was: all that a report, <c>runs</c> and <c>compare</c> need, kept as <c>runs/&lt;id&gt;.json</c>.</summary>
/// <param name="Id">Sortable and sayable, e.g. <c>2026-03-01-brave-otter</c>.</param>
public sealed record RunRecord(
    string Id, string Pipeline, DateTimeOffset Started, TimeSpan Took, EnvironmentInfo Environment, IReadOnlyList<StageRun> Stages,
    IReadOnlyList<ExpectationResult> Expectations)
{
    public bool Interrupted { get; init; }

    /// <summary>What the command line changed in the file.</summary>
    public Overrides Overrides { get; init; } = Overrides.None;

    /// <summary>What files of the experiment are named after, see <see cref="Plan.RunName"/>.</summary>
    public string Name => Plan.RunNameOf(Pipeline, Overrides);

    /// <summary>The pipeline with what was changed, as on the command line: other values are another experiment.</summary>
    public string Experiment => string.Join(' ', Overrides.Changes.Prepend(Pipeline));
}

public sealed record StageRun(string Id, string Kind, StageOutcome Outcome, string? Note)
{
    /// <summary>Why it ran or was kept, in the words of <c>plan --why</c>.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>Null when it was not executed, or when an older runner wrote the record.</summary>
    public StageSpan? Span { get; init; }

    /// <summary>How many attempts it took, with <c>retries</c>.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How it went elsewhere; null: it was here, or has not run.</summary>
    public HostedRun? Hosted { get; init; }
}

/// <param name="Value">Null when the metric does not exist.</param>
public sealed record ExpectationResult(Expectation Expectation, double? Value, bool Met);

/// <summary>Where a run happened; recorded and shown, never part of a fingerprint.</summary>
public sealed record EnvironmentInfo(
    string Os, string Dotnet, string Runner, string? Engine, string Device, int Threads, string? GitCommit,
    bool? GitDirty, string CommandLine)
{
    /// <param name="thorough">Whether something ran, so that the state of the work tree is worth the time of asking git.</param>
    internal static EnvironmentInfo Capture(RunOptions options, bool thorough)
    {
        var git = GitState.Of(options.ProjectRoot, thorough);
        return new(
            RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, RunnerVersion(), options.Engine,
            options.Device, options.Threads,
            git.Commit, git.Dirty, options.CommandLine);
    }

    private static string RunnerVersion() =>
        typeof(EnvironmentInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
