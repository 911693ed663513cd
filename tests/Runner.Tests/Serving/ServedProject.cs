using System.Net;
using System.Xml.Linq;
using Pipelines.Runner.Commands;
using Pipelines.Runner.Serving;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.TestKit;
using Pipelines.Tests.Runner.Reporting;

namespace Pipelines.Tests.Runner.Serving;

/// <summary>A project in which a pipeline has run, one stage of it in vain, and the server of its pages.</summary>
public sealed class ServedProject : IAsyncLifetime, IDisposable
{
    public const int Rows = 120;

    // A text that would be a script, if a page took it for markup.
    public const string Nasty = "<script>alert(1)</script> & \"x\" 'y'";

    private const string Pipeline = """
        pipeline: served
        title: "Des <b>notes</b>"
        vars: { data: data/notes.csv }
        stages:
          notes: { uses: load/csv, with: { file: "${data}", text: text, label: label } }
          parts: { uses: split/random, from: notes }
          words: { uses: tokenize/words, from: parts }
          classes: { uses: label/classes, from: words }
          padded: { uses: pad, from: classes }
          counted: { uses: train/naive-bayes, from: padded }
          weighed: { uses: train/logistic, from: padded }
          scores: { uses: evaluate/classes, from: { model: weighed, rows: padded } }
          broken: { run: "pwd; pwd >&2; exit 3", from: notes, outputs: { rows: table } }
        expect:
          - { metric: scores.test.accuracy, at_most: 0.5 }
        """;

    private WebServer? _server;
    private ArtifactStore? _store;

    public TempWorkspace Workspace { get; } = new();

    public HttpClient Client { get; private set; } = new();

    /// <summary>What went wrong while pages were made.</summary>
    internal List<Exception> Failures { get; } = [];

    public IReadOnlyList<string> Texts { get; } =
        [.. Enumerable.Range(0, Rows).Select(i => i == 7 ? Nasty : $"{(i % 2 == 0 ? "good" : "bad")} note {i % 9} of {i}")];

    public string Run => new RunStore(Workspace.Root).List()[^1];

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Workspace.Root, ".pipelines"));
        Workspace.Write("data/notes.csv", "text,label\n" + string.Concat(Texts.Select(
            (text, i) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{(i % 2 == 0 ? "up" : "down")}\n")));
        await ExecAsync(Workspace.Write("served.yaml", Pipeline), "--keep-going");
        _store = new(Workspace.Root, folder => new Pipelines.Stages.Tables.ArtifactWriter(folder));
        var catalog = Installation.Find().Catalog;
        _server = await WebServer.StartAsync(new(Workspace.Root, SampleRun.Home, catalog, _store), 0, Failures.Add, default);
        // A machine that stands still for a while is no failure.
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = _server.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>As <c>./runner exec</c>.</summary>
    public static Task<int> ExecAsync(params string[] arguments)
    {
        Screen nowhere = new(TextReader.Null, TextWriter.Null, TextWriter.Null, IsInteractive: false, HasColor: false, Width: 120);
        return CommandLine.RunAsync(["exec", .. arguments], nowhere, default);
    }

    /// <summary>A page, which has to be there and well-formed.</summary>
    public async Task<XDocument> PageAsync(string url, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(new Uri(url, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{url}: {response.StatusCode} {string.Join('\n', Failures)}\n{text}");
        return Page.Parse(text);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public void Dispose()
    {
        Client.Dispose();
        _store?.Dispose();
        Workspace.Dispose();
    }
}

[CollectionDefinition(nameof(ServedProject))]
public sealed class ServedProjects : ICollectionFixture<ServedProject>;
