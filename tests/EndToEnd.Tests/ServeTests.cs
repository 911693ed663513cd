using System.Diagnostics;

namespace Pipelines.Tests.EndToEnd;

public sealed class ServeTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly SmallProject _project = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _project.Dispose();
    }

    [Fact]
    public async Task A_project_is_served_until_a_signal_ends_it_even_while_a_page_listens()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        using var server = Runner.Start(_project.Root, "", "serve", "--port", "0");
        var address = await AddressAsync(server);

        Assert.Contains("small", await _client.GetStringAsync(address), StringComparison.Ordinal);
        using var listening = await _client.GetAsync(
            new Uri(address, "reports/small.html/changes"), HttpCompletionOption.ResponseHeadersRead);
        using var taken = Runner.Start(_project.Root, "", "serve", "--port", $"{address.Port}");
        var refused = Runner.Wait(taken);

        Assert.Equal(2, refused.Code);
        Assert.Contains($"port {address.Port} is not to be had", refused.Error, StringComparison.Ordinal);
        // As Ctrl-C; a shell that started the tests in the background has SIGINT ignored for all of them.
        Runner.Signal(server, "TERM");
        var ended = Runner.Wait(server);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
    }

    [Fact]
    public void A_run_loads_nothing_of_the_web_server()
    {
        // The runner is somewhere above the shell; its libraries are mapped files.
        _project.Write("look.sh", """
            process=$PPID
            until grep -q Pipelines.Stages /proc/$process/maps; do
                process=$(sed -n 's/^PPid:[^0-9]*//p' /proc/$process/status)
                test "$process" -gt 1 || exit 2
            done
            grep AspNetCore /proc/$process/maps && exit 3
            echo '{ "strangers": 0 }'
            """);
        _project.Write("seen.yaml", """
            pipeline: seen
            stages:
              maps: { run: "sh look.sh > {out.seen}", outputs: { seen: metrics } }

            """);

        var run = _project.Run("exec", "seen.yaml");

        Assert.True(run.Code == 0, run.Everything);
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        var line = await server.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        Assert.StartsWith("serves http://127.0.0.1:", line, StringComparison.Ordinal);
        return new(line!.Split(' ')[1]);
    }
}
