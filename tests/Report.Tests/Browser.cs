using Microsoft.Playwright;
using Pipelines.TestKit;
using Pipelines.Tests.Runner.Reporting;
using Pipelines.Tests.Runner.Reporting.Findings;

namespace Pipelines.Tests.Report;

/// <summary>Debian's Chromium without a window, and the report of the sample run in every language, as files.</summary>
public sealed class Browser : IAsyncLifetime, IDisposable
{
    private const string Executable = "/usr/bin/chromium";

    // Root has no sandbox; the others keep it from asking the network for anything of its own.
    private static readonly string[] s_options =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly TempWorkspace _workspace = new();
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Executable), $"{Executable} is missing; ./setup --tests installs it");
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Headless = true, Args = s_options });
        foreach (var language in new[] { "fr", "en" })
        {
            var plan = SampleRun.Plan(yaml => yaml.Replace("language: fr", $"language: {language}", StringComparison.Ordinal));
            _workspace.Write($"{language}.html", SampleRun.Text(plan, FindingSamples.Everything));
        }
    }

    public Uri Report(string language) => new(Path.Combine(_workspace.Root, $"{language}.html"));

    /// <summary>A browser that knows of no other page.</summary>
    public Task<IBrowserContext> NewAsync(int width, ColorScheme scheme) =>
        _chromium!.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }

    public void Dispose()
    {
        _playwright?.Dispose();
        _workspace.Dispose();
    }
}
