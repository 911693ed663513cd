using System.Diagnostics;
using Pipelines.Runner.Plugins;

namespace Pipelines.Tests.Runner.Plugins;

/// <summary>What an initializer of a plugin may do while the plugin is read.</summary>
public sealed class StrangersCodeTests
{
    public const string Command = "exit-in-plugin";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void What_it_gives_is_given() => Assert.Equal("x", StrangersCode.Run("p.dll", () => "x", Patience));

    [Fact]
    public void What_it_throws_is_thrown() => Assert.Throws<DivideByZeroException>(
        () => StrangersCode.Run<string>("p.dll", () => throw new DivideByZeroException(), Patience));

    [Fact]
    public void What_does_not_end_is_left_behind()
    {
        using ManualResetEventSlim end = new();
        var error = Assert.Throws<TimeoutException>(() => StrangersCode.Run<string>("p.dll", () =>
        {
            end.Wait();
            return null;
        }, TimeSpan.FromMilliseconds(50)));
        end.Set();
        Assert.Contains("seconds while it is loaded", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_ends_the_program_is_named_and_is_no_success()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", typeof(StrangersCodeTests).Assembly.Location, Command])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith("error: the plugin 'p.dll' ended the program while it was loaded\n", error, StringComparison.Ordinal);
    }

    /// <summary>In a process of its own.</summary>
    public static int Exit()
    {
        StrangersCode.Run<string>("p.dll", () =>
        {
            Environment.Exit(0);
            return null;
        }, Patience);
        return 0;
    }
}
