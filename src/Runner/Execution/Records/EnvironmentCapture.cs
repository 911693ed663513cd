using System.Reflection;
using System.Runtime.InteropServices;

namespace Pipelines.Runner.Execution;

/// <summary>Where a run happens, as recorded beside its results.</summary>
internal static class EnvironmentCapture
{
    /// <param name="thorough">Whether something ran, so that the state of the work tree is worth the time of asking git.</param>
    public static EnvironmentInfo Take(RunOptions options, bool thorough)
    {
        var git = GitState.Of(options.ProjectRoot, thorough);
        return new(
            RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, RunnerVersion(), options.Engine, options.Device, options.Threads,
            git.Commit, git.Dirty, options.CommandLine);
    }

    private static string RunnerVersion() =>
        typeof(EnvironmentCapture).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
