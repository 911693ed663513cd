using System.CommandLine;
using System.Runtime.CompilerServices;
using Pipelines.Runner.Serving;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>serve</c>: runs, reports and tables of the project as pages for a browser on this machine.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 5080;
    private const int MaxPort = 65_535;

    public static Command Create(Screen screen)
    {
        var port = new Option<int>("--port")
        {
            Description = "The port on this machine; 0: any that is free.",
            DefaultValueFactory = _ => DefaultPort,
            HelpName = "n",
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var value) || value is < 0 or > MaxPort))
                result.AddError($"--port needs a number from 0 to {MaxPort}, not '{result.Tokens[0].Value}'");
        });
        var command = new Command("serve", "Shows runs, reports and tables in a browser on this machine, until Ctrl-C.") { port };
        command.SetAction((arguments, cancellation) => ServeAsync(screen, arguments.GetValue(port), cancellation));
        return command;
    }

    // In a method of its own, so that the web server is loaded only where something is served.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ServeAsync(Screen screen, int port, CancellationToken cancellation)
    {
        var root = ProjectRoot.OfFolder(WorkingFolder.Path);
        var installation = Installation.Find();
        using var store = (ArtifactStore)OpenedPipeline.StorageOf(root).Artifacts;
        Site site = new(root, installation.Folder, installation.Catalog, store);
        await using var server = await StartAsync(screen, site, port, cancellation).ConfigureAwait(false);
        screen.Out.WriteLine($"serves {server.Address} · Ctrl-C ends");
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Done;
    }

    private static async Task<WebServer> StartAsync(Screen screen, Site site, int port, CancellationToken cancellation)
    {
        try
        {
            return await WebServer.StartAsync(site, port, error => screen.Error.WriteLine($"error: {Format.OneLine(error.Message)}"),
                cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new UsageException(
                $"port {port} is not to be had: {Format.OneLine(error.Message)}", "name another: --port 0 takes any that is free");
        }
    }
}
