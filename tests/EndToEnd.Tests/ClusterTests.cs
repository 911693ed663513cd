using Pipelines.TestKit.Cluster;

namespace Pipelines.Tests.EndToEnd;

/// <summary>Stages as jobs, with Slurm's commands as scripts; tests/soak-slurm does it with Slurm itself.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly SmallProject _project = new();
    private readonly FakeSlurm _slurm = new();

    public ClusterTests() => Profile("defaults: { cpus: 2, memory: 2GB, time: 10m }");

    public void Dispose()
    {
        _project.Dispose();
        _slurm.Dispose();
    }

    [Fact]
    public void Stages_are_jobs_that_give_what_they_give_here()
    {
        using SmallProject local = new();
        Assert.Equal(0, local.Run("exec", "p.yaml").Code);
        _project.Edit("p.yaml", "from: rows }", "from: rows, resources: { memory: 4GB } }");

        var result = Exec("p.yaml");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("4 stages: 4 ran, ", result.LastLine, StringComparison.Ordinal);
        Assert.Matches(@"\nrows +job 101_1 runs on node1\n", result.Output);
        Assert.Equal(local.Read("p.lock.json"), _project.Read("p.lock.json"));
        Assert.Equal(4, _slurm.Submitted.Count);
        Assert.Contains("--job-name=words", _slurm.Submitted[1], StringComparison.Ordinal);
        Assert.Contains("--cpus-per-task=2 --mem=3814M --time=10:00", _slurm.Submitted[1], StringComparison.Ordinal);
        Assert.Contains("ran on node1, waited 3", _project.Read("reports/small.html"), StringComparison.Ordinal);
        Assert.StartsWith("4 stages: 4 reused", Exec("p.yaml").LastLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_was_preempted_is_handed_in_again_where_retries_allow_it()
    {
        _project.Edit("p.yaml", "from: rows }", "from: rows, retries: 1 }");
        _slurm.Doom("", "PREEMPTED");

        var result = Exec("p.yaml");

        Assert.Equal(0, result.Code);
        Assert.Contains("words   attempt 1 of 2 failed: the job had to make room for another one", result.Output, StringComparison.Ordinal);
        Assert.Equal(5, _slurm.Submitted.Count);
    }

    [Theory]
    [InlineData("TIMEOUT", "the job took longer than its time", "raise 'resources.time'")]
    [InlineData("OUT_OF_MEMORY", "the job needed more memory than it had", "raise 'resources.memory'")]
    [InlineData("FAILED slurmstepd-node1: error: StepId=101.batch exceeded memory limit (605446144 > 399507456), being killed",
        "the job needed more memory than it had", "raise 'resources.memory'")]
    public void A_job_that_asks_for_too_little_says_so(string state, string message, string help)
    {
        _slurm.Doom(state);

        var result = Exec("p.yaml");

        Assert.Equal(1, result.Code);
        Assert.Contains($"stage 'rows' failed: {message} (101_1)", result.Error, StringComparison.Ordinal);
        Assert.Contains($"help: {help}", result.Error, StringComparison.Ordinal);
        var again = Exec("p.yaml");
        Assert.True(again.Code == 0, again.Everything);
    }

    [Fact]
    public void A_stage_fails_in_a_job_with_the_words_it_has_here()
    {
        _project.Edit("p.yaml", "text: RawText", "text: Text");

        var result = Exec("p.yaml");

        Assert.Equal(1, result.Code);
        Assert.Equal(_project.Run("exec", "p.yaml").Error.Split('\n')[1], result.Error.Split('\n')[1]);
    }

    [Fact]
    public void A_partition_that_does_not_exist_is_found_before_anything_is_handed_in()
    {
        Profile("partition: gpus");

        var result = Exec("p.yaml");

        Assert.Equal(2, result.Code);
        Assert.StartsWith("profiles.yaml:2:14: error: Slurm has no partition 'gpus'", result.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'gpu'?", result.Error, StringComparison.Ordinal);
        Assert.Empty(_slurm.Submitted);
    }

    [Fact]
    public void What_Slurm_does_not_take_is_said_in_its_words()
    {
        Profile("partition: gpu");

        var result = Exec("p.yaml");

        Assert.Equal(1, result.Code);
        Assert.Contains("Slurm does not take the job: sbatch: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("gpu is full", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_Slurm_it_is_said_at_once()
    {
        var result = Runner.Wait(Runner.Start(
            _project.Root, "", new Dictionary<string, string> { ["PATH"] = "/nowhere" }, ["exec", "p.yaml", "--on", "slurm"]));

        Assert.Equal(2, result.Code);
        Assert.StartsWith("error: no stage can be handed to Slurm: there is no program 'sinfo'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_nobody_wrote_is_a_finding()
    {
        var result = Exec("p.yaml", "--on", "slumr");

        Assert.Equal(2, result.Code);
        Assert.Contains("there is no profile 'slumr'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_go_on_without_their_coordinator_and_are_adopted_or_cancelled()
    {
        _project.Write("long.yaml", """
            pipeline: long
            stages:
              nap:
                run: |
                  sleep 5; echo '{ "a": 1 }' >{out.numbers}
                outputs: { numbers: metrics }
            """);
        using (var first = Start("exec", "long.yaml", "--on", "slurm"))
        {
            Until(() => _slurm.Submitted.Count > 0);
            Runner.Signal(first, "TERM");
            var left = Runner.Wait(first);
            Assert.Equal(130, left.Code);
            Assert.Contains("1 job goes on without this program; --cancel ends it", left.Output, StringComparison.Ordinal);
            Assert.Contains("go on with: ./runner exec long.yaml --on slurm", left.Output, StringComparison.Ordinal);
        }

        var second = Exec("long.yaml");

        Assert.Equal(0, second.Code);
        Assert.Single(_slurm.Submitted);
        _project.Write("longer.yaml", _project.Read("long.yaml").Replace("long", "longer", StringComparison.Ordinal)
            .Replace("sleep 5", "sleep 60", StringComparison.Ordinal));
        using var third = Start("exec", "longer.yaml", "--on", "slurm");
        Until(() => _slurm.Submitted.Count > 1);
        Runner.Signal(third, "KILL");
        third.WaitForExit();
        Assert.Equal("cancelled 1 job\n", Exec("longer.yaml", "--cancel").Output);
        Assert.Equal(["102_1"], _slurm.Cancelled);
    }

    private void Profile(string content) => _project.Write("profiles.yaml", $"slurm:\n  {content}\n  poll: 0.2s\n");

    private Result Exec(params string[] arguments) =>
        Runner.Wait(Start(["exec", .. arguments, .. arguments.Contains("--on") ? Array.Empty<string>() : ["--on", "slurm"]]));

    private System.Diagnostics.Process Start(params string[] arguments) =>
        Runner.Start(_project.Root, "", new Dictionary<string, string> { ["PATH"] = _slurm.SearchPath }, arguments);

    private static void Until(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.True(tries < 600);
            Thread.Sleep(50);
        }
    }
}
