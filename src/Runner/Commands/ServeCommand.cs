using System.CommandLine;
using System.Runtime.CompilerServices;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>serve</c>: runs, reports, tables and models of the project as pages for a browser on this machine.</summary>
internal static class ServeCommand
{
    public static Command Create(Screen screen)
    {
        var port = ProjectServer.Port();
        var command = new Command("serve", "Shows runs, reports, tables and models in a browser on this machine, until Ctrl-C.") { port };
        command.SetAction((arguments, cancellation) => ServeAsync(screen, arguments.GetValue(port), cancellation));
        return command;
    }

    // In a method of its own, so that the web server is loaded only where something is served.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ServeAsync(Screen screen, int port, CancellationToken cancellation)
    {
        await using var server = await ProjectServer.StartAsync(screen, ProjectRoot.OfFolder(WorkingFolder.Path), port, cancellation)
            .ConfigureAwait(false);
        screen.Out.WriteLine($"serves {server.Address} · Ctrl-C ends");
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Done;
    }
}
