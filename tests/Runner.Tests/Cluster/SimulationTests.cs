using System.Diagnostics;
using System.Globalization;
using Pipelines.Runner.Cluster;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit;
using Pipelines.TestKit.Engine;
using Xunit.Abstractions;

namespace Pipelines.Tests.Runner.Cluster;

/// <summary>The scheduling of a run, as it is, on a cluster of a thousand nodes in memory.</summary>
public sealed class SimulationTests(ITestOutputHelper output) : IDisposable
{
    private const int Nodes = 1000;
    private const string Pipeline = "simulated";

    private readonly TempWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Every_cell_is_made_whatever_happens_to_its_jobs()
    {
        var cells = int.Parse(Environment.GetEnvironmentVariable("SOAK_CELLS") ?? "3000", CultureInfo.InvariantCulture);
        MemoryStore store = new();
        SimulatedSlurm slurm = new(Nodes, Place, Pipeline, new Random(20261129), store.Commit) { Accidents = 0.05 };
        var plan = PlanOf(cells);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);

        var record = await RunAsync(plan, slurm, store);

        var (seconds, bytes) = (watch.Elapsed.TotalSeconds, GC.GetTotalMemory(false) - before);
        output.WriteLine(FormattableString.Invariant($"{cells} cells on {Nodes} nodes: {seconds:0.0} s, {bytes / 1e6:0} MB more"));
        output.WriteLine(FormattableString.Invariant($"processor {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.0} s"));
        output.WriteLine(FormattableString.Invariant($"process at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        output.WriteLine(FormattableString.Invariant($"{slurm.Submissions} arrays; {string.Join(", ", slurm.Ends)}"));
        Assert.All(record.Stages, stage => Assert.IsType<StageOutcome.Ran>(stage.Outcome));
        Assert.Equal(Math.Min(Nodes, cells), slurm.MostRunning);
        Assert.Equal(cells + 1, slurm.Ends["COMPLETED"]);
        Assert.Contains(record.Stages, stage => stage.Attempts > 1);
    }

    [Fact]
    public async Task A_job_that_never_goes_well_fails_in_words()
    {
        MemoryStore store = new();
        SimulatedSlurm slurm = new(Nodes, Place, Pipeline, new Random(1), store.Commit) { Accidents = 1 };

        var record = await RunAsync(PlanOf(1), slurm, store);

        Assert.Equal("first:failed cell-0:skipped", EngineRig.Outcomes(record));
        var failed = (StageOutcome.Failed)record.Stages[0].Outcome;
        Assert.Matches(@"^the (job|node) .* \(\d+_1\)$", failed.Message);
    }

    private string Place => new StoreLayout(_workspace.Root).Cluster;

    private Task<RunRecord> RunAsync(Pipelines.Runner.Planning.Plan plan, SimulatedSlurm slurm, MemoryStore store)
    {
        SlurmHost host = new(slurm, new(ClusterProfile.Default), new("runner", _workspace.Root, "p.yaml"), Place, Pipeline,
            fingerprint => store.Find(fingerprint).Action is not null, new InstantTime());
        ProjectStorage storage = new(store, new InputFiles(_workspace.Root, TimeProvider.System), new RunStore(_workspace.Root));
        RunOptions options = new(_workspace.Root, Jobs: 2, Threads: 1, "cpu", KeepGoing: false, Only: null, new HashSet<string>(), "none")
        {
            Host = host,
        };
        return new PipelineRunner(storage, new NobodyWatches(), TimeProvider.System).RunAsync(plan, options, CancellationToken.None);
    }

    private static Pipelines.Runner.Planning.Plan PlanOf(int cells)
    {
        FakePipeline pipeline = new(Pipeline);
        pipeline.Add("first");
        for (var cell = 0; cell < cells; cell++)
            pipeline.Add($"cell-{cell}", "first", with: ("add", cell.ToString(CultureInfo.InvariantCulture)));
        var plan = pipeline.Plan();
        return plan with
        {
            // Cells of one stage, as a matrix makes them.
            Stages = [.. plan.Stages.Select(stage => stage with
            {
                Base = stage.Id.Split('-')[0],
                Policy = stage.Policy with { Retries = 10 },
            })],
        };
    }

    private sealed class NobodyWatches : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
        }
    }

    /// <summary>A clock whose waits are over at once.</summary>
    private sealed class InstantTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
