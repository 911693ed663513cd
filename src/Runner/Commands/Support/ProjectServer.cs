using System.CommandLine;
using Pipelines.Runner.Serving;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary>Starts the server of a project's pages.</summary>
internal static class ProjectServer
{
    private const int DefaultPort = 5080;
    private const int MaxPort = 65_535;

    public static Option<int> Port()
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
        return port;
    }

    /// <exception cref="UsageException">Somebody else has the port.</exception>
    public static async Task<WebServer> StartAsync(Screen screen, string root, int port, CancellationToken cancellation)
    {
        var installation = Installation.Find();
        Site site = new(root, installation.Folder, installation.Catalog, (ArtifactStore)OpenedPipeline.StorageOf(root).Artifacts);
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
