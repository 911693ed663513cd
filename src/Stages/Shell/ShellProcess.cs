#pragma warning disable RS0030 // The one place where a stage starts processes.
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Shell;

/// <summary>
/// Runs a command in a process group of its own, which is ended as a whole: when it is cancelled, when it is done, when this program is
/// killed.
/// </summary>
internal static partial class ShellProcess
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(5);

    // The reader in the background ends when this program does, in whatever way, and takes the group with it; it ignores TERM, because this
    // program may be killed while a command that was asked to stop takes its time. The trap keeps the outer shell until the command itself
    // has stopped; children begin without it.
    private const string Guarded = """
        trap : TERM
        exec 3<&0 </dev/null
        (trap '' TERM; read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 &
        /bin/sh -c "$1" 3<&-
        """;

    /// <returns>The exit code; 128 and more where a signal ended it.</returns>
    /// <exception cref="StageException">There is no shell.</exception>
    public static async Task<int> RunAsync(
        string command, string folder, IReadOnlyDictionary<string, string> environment, Action<string> output, Action<string> error,
        CancellationToken cancellation)
    {
        using var process = Start(command, folder, environment);
        Task[] reading = [OutputLines.ReadAsync(process.StandardOutput, output), OutputLines.ReadAsync(process.StandardError, error)];
        try
        {
            await EndAsync(process, reading, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process).ConfigureAwait(false);
        }
        finally
        {
            // Processes that it left running would hold its output open for ever.
            Signal(process, KillSignal);
        }
        await Task.WhenAny(Task.WhenAll(reading), Task.Delay(TimeToStop, CancellationToken.None)).ConfigureAwait(false);
        return process.ExitCode;
    }

    // When reading the output fails, the command would wait for ever for room to write: the failure ends the wait.
    private static async Task EndAsync(Process process, IEnumerable<Task> reading, CancellationToken cancellation)
    {
        var exit = process.WaitForExitAsync(cancellation);
        List<Task> open = [exit, .. reading];
        while (!exit.IsCompleted)
        {
            var done = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(done);
            await done.ConfigureAwait(false);
        }
        await exit.ConfigureAwait(false);
    }

    private static Process Start(string command, string folder, IReadOnlyDictionary<string, string> environment)
    {
        // Without setsid (macOS) the command stays in the group of this program, and only its process tree can be ended.
        string[] words = HasGroup ? ["/bin/sh", "-c", Guarded, "sh", command] : ["-c", command];
        ProcessStartInfo start = new(HasGroup ? Setsid : "/bin/sh", words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new StageException($"the command cannot be started: {missing.Message}")
            {
                Parameter = "run",
                Help = "commands need /bin/sh",
            };
        }
    }

    private static async Task StopAsync(Process process)
    {
        Signal(process, TermSignal);
        using CancellationTokenSource patience = new(TimeToStop);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Signal(process, KillSignal);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static void Signal(Process process, int signal)
    {
        // The group is not there yet in the first moment, before setsid has begun.
        if ((!HasGroup || Kill(-process.Id, signal) != 0) && !process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    private const int KillSignal = 9;
    private const int TermSignal = 15;
    private const string Setsid = "/usr/bin/setsid";

    private static bool HasGroup { get; } = File.Exists(Setsid);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
