using System.Diagnostics;
using System.Globalization;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage;

/// <summary>A process that runs a pipeline and kills itself, as kill -9 does, after a step of the store.</summary>
internal static class KilledProcess
{
    public const string Command = "run-and-be-killed";

    public const int Finished = 0;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static FakePipeline Pipeline => new FakePipeline()
        .Add("a").Add("b", "a", with: ("add", "2")).Add("c", "a", with: ("add", "3")).Add("d", "b c").Add("e", "d", with: ("add", "5"));

    /// <summary>Starts it and waits for its end.</summary>
    /// <returns><see cref="Finished"/> when there were fewer steps than that.</returns>
    public static int Start(string folder, int steps)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "exec", typeof(KilledProcess).Assembly.Location, Command, folder,
                steps.ToString(CultureInfo.InvariantCulture) },
            // What a killed process leaves behind goes with the workspace.
            Environment = { ["TMPDIR"] = folder },
        };
        using var process = Process.Start(start)!;
        if (process.WaitForExit(Patience))
            return process.ExitCode;
        process.Kill();
        throw new TimeoutException($"The process to be killed after {steps} steps did not end.");
    }

    /// <summary>In the process itself.</summary>
    public static async Task<int> RunAsync(string folder, string steps)
    {
        var left = int.Parse(steps, CultureInfo.InvariantCulture);
        var record = await RunAsync(folder, _ =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                Process.GetCurrentProcess().Kill();
        });
        return record.Stages.All(stage => stage.Outcome.Results is not null) ? Finished : 1;
    }

    public static async Task<RunRecord> RunAsync(string folder, Action<string> step)
    {
        using var store = new ArtifactStore(folder, artifacts => new FakeArtifactWriter(artifacts), step);
        var storage = new ProjectStorage(store, new InputFiles(folder, TimeProvider.System), new RunStore(folder));
        var pipeline = Pipeline;
        return await new PipelineRunner(storage, new NobodyWatches(), TimeProvider.System, pipeline.Create).RunAsync(
            pipeline.Plan(folder), new(folder, Jobs: 1, Threads: 1, "cpu", KeepGoing: false, Only: null, new HashSet<string>(),
                Engine: "none"), CancellationToken.None);
    }

    private sealed class NobodyWatches : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
        }
    }
}
