using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.TestKit;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage;

/// <summary>Real processes, killed after every step of their commits, one after the other on the same store.</summary>
public sealed class KillTests : IDisposable
{
    private const int MinSteps = 20;

    private readonly TempWorkspace _workspace = new();
    private readonly TempWorkspace _undisturbed = new();

    [Fact]
    public async Task Whatever_step_a_process_is_killed_at_the_next_one_goes_on_and_gives_the_same()
    {
        var steps = 0;
        var expected = Shape(await KilledProcess.RunAsync(_undisturbed.Root, _ => steps++));
        Assert.True(steps >= MinSteps, $"only {steps} steps");

        for (var step = 1; step <= steps; step++)
        {
            Directory.CreateDirectory(Store);
            Assert.NotEqual(KilledProcess.Finished, KilledProcess.Start(_workspace.Root, step));
            var record = await KilledProcess.RunAsync(_workspace.Root, _ => { });
            Assert.True(expected == Shape(record), $"after step {step}: {EngineRig.Outcomes(record)}");
            Assert.Empty(CacheVerification.Of(_workspace.Root, evict: false).Damaged);
            Assert.Equal(_undisturbed.Files(".pipelines/v1/objects"), _workspace.Files(".pipelines/v1/objects"));
            Directory.Delete(Store, recursive: true);
        }
    }

    [Fact]
    public async Task A_process_killed_again_and_again_gets_on_by_what_it_committed()
    {
        // Six steps are one stage and the beginning of the next.
        var kills = 0;
        for (; KilledProcess.Start(_workspace.Root, 6) != KilledProcess.Finished; kills++)
            Assert.True(kills < 10, "no process gets on");

        Assert.InRange(kills, 3, 6);
        Assert.Equal(
            "a:reused b:reused c:reused d:reused e:reused", EngineRig.Outcomes(await KilledProcess.RunAsync(_workspace.Root, _ => { })));
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _undisturbed.Dispose();
    }

    private string Store => Path.Combine(_workspace.Root, ".pipelines");

    private static string Shape(RunRecord record) =>
        string.Join(' ', record.Stages.Select(stage => $"{stage.Id}={EngineRig.TableOf(record, stage.Id).Id.Hex}"));
}
