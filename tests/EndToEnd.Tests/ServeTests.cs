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

    [Fact]
    public async Task A_watched_pipeline_runs_again_when_a_file_is_saved_and_says_why()
    {
        using var watching = Runner.Start(_project.Root, "", "exec", "p.yaml", "--watch", "--port", "0");
        Assert.Contains("waits until one of", await LineAsync(watching, "serves http"), StringComparison.Ordinal);

        _project.Edit("p.yaml", "length: 4", "length: 5");
        Assert.Equal("p.yaml was saved", await LineAsync(watching, "saved"));
        Assert.Contains("with.length 4 → 5", await LineAsync(watching, "padded  runs"), StringComparison.Ordinal);
        await LineAsync(watching, "serves http");

        // What is wrong is said, and mended by the next save; an input file counts too.
        _project.Edit("p.yaml", "length: 5", "length: x");
        await LineAsync(watching, "serves http");
        _project.Edit("p.yaml", "length: x", "length: 5");
        Assert.Contains("4 reused", await LineAsync(watching, "4 stages"), StringComparison.Ordinal);
        await LineAsync(watching, "serves http");
        _project.Edit("data/train.csv", "asthme aigu train 0,J459", "asthme grave train 0,J459");
        Assert.Contains("content of data/train.csv", await LineAsync(watching, "rows    runs"), StringComparison.Ordinal);
        await LineAsync(watching, "serves http");

        // Files that are added to templates of one's own, and taken away again.
        _project.Write("mine/graph.css", "");
        _project.Write("p.yaml", _project.Read("p.yaml") + "report: { template: ./mine }\n");
        await LineAsync(watching, "serves http");
        _project.Write("mine/theme.css", "body { color: red; }");
        Assert.Equal("theme.css was saved", await LineAsync(watching, "saved"));
        await LineAsync(watching, "serves http");
        File.Delete(Path.Combine(_project.Root, "mine/theme.css"));
        await LineAsync(watching, "theme.css");
        await LineAsync(watching, "serves http");
        Assert.DoesNotContain("color: red", _project.Read("reports/small.html"), StringComparison.Ordinal);

        Runner.Signal(watching, "TERM");
        var ended = Runner.Wait(watching);
        Assert.Equal(0, ended.Code);
        Assert.Contains("p.yaml:2:", ended.Error, StringComparison.Ordinal);
    }

    private static async Task<string> LineAsync(Process process, string part)
    {
        while (true)
            if (await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) is not { } line)
                throw new EndOfStreamException(part);
            else if (line.Contains(part, StringComparison.Ordinal))
                return line;
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        var line = await server.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        Assert.StartsWith("serves http://127.0.0.1:", line, StringComparison.Ordinal);
        return new(line!.Split(' ')[1]);
    }
}
