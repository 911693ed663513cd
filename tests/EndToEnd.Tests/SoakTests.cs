using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Pipelines.Tests.EndToEnd;

/// <summary>
/// Kills the built runner at random moments of pipelines that train: ten stages, an encoder that is pretrained and then trained further,
/// and networks with attention, with several heads and in a search by halving. <c>tests/soak</c> does it more often: the variable
/// <c>SOAK_KILLS</c> says how often, <c>SOAK_SEED</c> when.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output) : IDisposable
{
    private const int MaxKillsOfOneStore = 4;

    // What is killed again has less left to do, so that it often ends before its moment comes.
    private const int MaxFinished = 5;

    private readonly int _kills = Number("SOAK_KILLS", 10);
    private readonly Random _random = new(Number("SOAK_SEED", 20261122));
    private readonly SmallProject _undisturbed = new();

    /// <summary>The last one trains for long, and is killed by <c>tests/soak</c> alone.</summary>
    public static TheoryData<string> Pipelines =>
        [.. Environment.GetEnvironmentVariable("SOAK_KILLS") is null ? ["ten", "encoder"] : new[] { "ten", "encoder", "networks" }];

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Whenever_it_is_killed_the_next_run_goes_on_and_gives_the_same_bytes(string name)
    {
        Write(_undisturbed);
        var longest = Undisturbed(name);
        var (killed, finished) = (0, 0);
        for (var round = 1; killed < _kills && finished < MaxFinished * _kills; round++)
        {
            using var project = new SmallProject();
            Write(project);
            for (var kill = _random.Next(1, MaxKillsOfOneStore + 1); kill > 0 && killed < _kills; kill--)
                if (WasKilled(project, name, longest * _random.NextDouble()))
                    killed++;
                else
                    finished++;
            CheckThatNothingIsLost(project, name);
            output.WriteLine(FormattableString.Invariant($"round {round}: {killed} killed, {finished} had finished before"));
        }
        Assert.Equal(_kills, killed);
    }

    public void Dispose() => _undisturbed.Dispose();

    private static void Write(SmallProject project)
    {
        project.WriteTenStages();
        project.WriteEncoderStages();
        project.WriteNetworkStages();
    }

    /// <returns>How long it takes at most: the first run of all is slower than any later one.</returns>
    private TimeSpan Undisturbed(string name)
    {
        var shortest = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            if (i > 0)
                Directory.Delete(Path.Combine(_undisturbed.Root, ".pipelines", "v1"), recursive: true);
            var watch = Stopwatch.StartNew();
            var result = _undisturbed.Run("exec", $"{name}.yaml");
            Assert.Equal((0, ""), (result.Code, result.Error));
            shortest = watch.Elapsed < shortest ? watch.Elapsed : shortest;
        }
        return shortest;
    }

    private static bool WasKilled(SmallProject project, string name, TimeSpan after)
    {
        using var process = Runner.Start(project.Root, "", "exec", $"{name}.yaml");
        if (process.WaitForExit(after))
        {
            Assert.Equal(0, process.ExitCode);
            return false;
        }
        process.Kill();
        process.WaitForExit();
        return true;
    }

    private void CheckThatNothingIsLost(SmallProject project, string name)
    {
        var result = project.Run("exec", $"{name}.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
        foreach (var file in new[] { $"{name}.lock.json", $"reports/{name}/metrics.json" })
            Assert.Equal(_undisturbed.Read(file), project.Read(file));
        var verified = project.Run("cache", "verify");
        Assert.True(verified.Code == 0 && verified.LastLine.EndsWith("all whole", StringComparison.Ordinal), verified.Everything);
        Assert.Empty(project.Run("exec", $"{name}.yaml").Ran);
        if (result.Ran.Count > 0)
            Assert.Empty(project.Files(".pipelines/v1/tmp"));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
