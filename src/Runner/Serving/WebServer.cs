using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pipelines.Runner.Serving;

/// <summary>The pages of a project for browsers on this machine, on its loopback address alone.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    // A sentence to predict is part of the address, where a sign of it takes up to nine characters.
    private const int MaxRequestLine = 1 << 18;

    // Answers that still go on, such as streams of progress, are told to end; one that does not is left behind.
    private static readonly TimeSpan MaxFarewell = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication _application;

    private readonly LoadedModels _models;

    private WebServer(WebApplication application, LoadedModels models) => (_application, _models) = (application, models);

    /// <summary>What requests predict with.</summary>
    public LoadedModels Models => _models;

    public Uri Address => new(_application.Urls.First());

    /// <param name="port">0: any that is free.</param>
    /// <param name="failed">Told of what went wrong while a page was made, beside whoever asked for it.</param>
    /// <exception cref="IOException">Somebody else has the port.</exception>
    public static async Task<WebServer> StartAsync(Site site, int port, Action<Exception> failed, CancellationToken cancellation)
    {
        // Nothing of what a host usually brings: no files or variables of configuration, no log, no signals of its own.
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = site.Home });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = MaxFarewell);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var application = builder.Build();
        Pages pages = new(site, failed);
        LoadedModels models = new(site.Store, Environment.ProcessorCount);
        application.Use(next => context => RequestGuard.Check(context, next));
        application.Use(next => context => pages.GuardAsync(context, next));
        new Routes(site, pages, models, application.Lifetime.ApplicationStopping).AddTo(application);
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            models.Dispose();
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return new(application, models);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(MaxFarewell);
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _models.Dispose();
    }

    /// <summary>The program reads signals itself (<see cref="Terminal.StopSignal"/>).</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
