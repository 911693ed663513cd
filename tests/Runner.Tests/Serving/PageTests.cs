using System.Net;
using Pipelines.Runner.Execution;
using Pipelines.Tests.Runner.Reporting;

namespace Pipelines.Tests.Runner.Serving;

[Collection(nameof(ServedProject))]
public sealed class PageTests(ServedProject project)
{
    [Theory]
    [InlineData("fr", "Exécutions", "échouée")]
    [InlineData("en", "Runs", "failed")]
    public async Task Runs_are_listed_in_the_language_asked_for(string language, string heading, string state)
    {
        var page = await project.PageAsync($"/?lang={language}");

        Assert.Equal(language, (string?)page.Root!.Attribute("lang"));
        Assert.Equal(heading, page.Tagged("h1").Single().Value);
        Assert.Contains(page.Tagged("a", "run-name"), link => link.Value == project.Run);
        Assert.Contains(state, page.Tagged("span", "state").First().Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/try?text=good")]
    [InlineData("/reports/served.html")]
    [InlineData("/assets/pages.css")]
    public async Task Who_asks_for_the_headers_alone_gets_them(string url)
    {
        using HttpRequestMessage request = new(HttpMethod.Head, url);

        using var response = await project.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_language_of_the_browser_is_taken_and_a_choice_is_kept()
    {
        async Task<HttpResponseMessage> Ask(string name, string value)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/reports");
            request.Headers.Add(name, value);
            return await project.Client.SendAsync(request);
        }

        using var french = await Ask("Accept-Language", "de, fr-CA;q=0.8, en;q=0.5");
        using var kept = await Ask("Cookie", "language=fr");
        using var other = await Ask("Cookie", "language=../fr");
        using var chosen = await project.Client.GetAsync(new Uri("/reports?lang=fr", UriKind.Relative));

        Assert.Equal(["fr", "fr", "en"],
            new[] { french, kept, other }.Select(response => response.Content.Headers.ContentLanguage.Single()));
        Assert.StartsWith("language=fr; path=/; samesite=strict; httponly", chosen.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_shows_stages_scores_what_was_missed_and_what_failed()
    {
        var page = await project.PageAsync($"/runs/{project.Run}?lang=en");

        Assert.Equal(["notes", "parts", "words", "classes", "padded", "counted", "weighed", "scores", "broken"],
            page.Tagged("span", "stage-name").Select(stage => stage.Element("code")!.Value));
        Assert.Contains("scores.test.accuracy was expected to be ≤ 50.0%", page.Tagged("p", "problem").Single().Value,
            StringComparison.Ordinal);
        Assert.Equal("✗ failed", page.Tagged("p", "badge").Single().Value.Trim());
        Assert.EndsWith(" · scores", page.Tagged("span", "key-label").Single().Value, StringComparison.Ordinal);
        Assert.Contains("pipeline: served", page.Tagged("pre").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_a_table_hold_every_row_once_as_it_was_loaded()
    {
        List<string> texts = [], numbers = [];
        for (var url = $"/runs/{project.Run}/tables/notes/rows"; url is not null;)
        {
            var page = await project.PageAsync(url);
            foreach (var row in page.Tagged("tbody").Single().Elements("tr"))
            {
                texts.Add(row.Elements("td").ElementAt(1).Value);
                numbers.Add(row.Elements("td").First().Value);
            }
            url = (string?)page.Tagged("a").FirstOrDefault(link => (string?)link.Attribute("rel") == "next")?.Attribute("href");
        }

        Assert.Equal(project.Texts, texts);
        Assert.Equal(Enumerable.Range(1, ServedProject.Rows).Select(number => $"{number}"), numbers);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("-3", "1")]
    [InlineData("x", "1")]
    [InlineData("99999999999999999999", "1")]
    [InlineData("99", "101")]
    public async Task A_page_that_is_not_there_is_the_nearest(string asked, string first)
    {
        var page = await project.PageAsync($"/runs/{project.Run}/tables/notes/rows?page={asked}");

        Assert.Equal(first, page.Tagged("td", "row-number").First().Value);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/runs/2026-01-01-no-run")]
    [InlineData("/runs/..%2F..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/runs/{run}/tables/notes/card")]
    [InlineData("/runs/{run}/tables/no/rows")]
    [InlineData("/runs/{run}/logs/..%2F..%2F..%2Fserved")]
    [InlineData("/reports/..%2Fserved.yaml")]
    [InlineData("/reports/.key")]
    [InlineData("/assets/..%2Ftheme.css")]
    [InlineData("/assets/top.sbn-html")]
    public async Task What_is_not_there_is_said_on_a_page(string url)
    {
        var page = await project.PageAsync(url.Replace("{run}", project.Run, StringComparison.Ordinal), HttpStatusCode.NotFound);

        Assert.Single(page.Tagged("h1"));
    }

    [Fact]
    public async Task No_page_shows_where_things_lie_on_the_disk()
    {
        HashSet<string> seen = [];
        for (Queue<string> open = new(["/"]); open.TryDequeue(out var url);)
            if (seen.Add(url))
            {
                var text = await project.Client.GetStringAsync(new Uri(url, UriKind.Relative));
                Assert.DoesNotContain(Path.GetFileName(project.Workspace.Root), text, StringComparison.Ordinal);
                Assert.DoesNotContain(SampleRun.Home, text, StringComparison.Ordinal);
                foreach (var link in url.Contains("/logs/", StringComparison.Ordinal) ? [] : Page.Parse(text).Tagged("a").Concat(
                    Page.Parse(text).Tagged("link")))
                    if ((string?)link.Attribute("href") is ['/', ..] next && !next.Contains("/assets/", StringComparison.Ordinal))
                        open.Enqueue(next);
            }

        Assert.Contains(seen, url => url.EndsWith("/logs/broken", StringComparison.Ordinal));
        Assert.Contains(seen, url => url.StartsWith("/reports/", StringComparison.Ordinal));
        Assert.InRange(seen.Count, 12, 200);
    }

    [Fact]
    public async Task A_report_is_given_as_it_lies_there_with_one_script_that_watches_it()
    {
        using var response = await project.Client.GetAsync(new Uri("/reports/served.html", UriKind.Relative));

        var shown = await response.Content.ReadAsStringAsync();
        var version = FileStamp.Of(Path.Combine(project.Workspace.Root, "reports", "served.html"));
        var script = $"<script src=\"/assets/changes.js\" data-version=\"{version}\" defer=\"defer\"></script>\n";
        Assert.Equal(project.Workspace.Read("reports/served.html"), shown.Replace(script, "", StringComparison.Ordinal));
        Assert.Contains(script + "</body>", shown, StringComparison.Ordinal);
        var list = await project.PageAsync("/reports");
        Assert.Contains(list.Tagged("a"), link => link.Value == "Des <b>notes</b>");
    }

    [Fact]
    public async Task A_report_that_is_written_again_is_announced()
    {
        project.Workspace.Write("reports/again.html", "<!DOCTYPE html><html><body>old</body></html>");
        using var response = await project.Client.GetAsync(
            new Uri("/reports/again.html/changes", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using StreamReader events = new(await response.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 1000", await events.ReadLineAsync());

        project.Workspace.Write("reports/again.html", "<!DOCTYPE html><html><body>now longer</body></html>");

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("", await events.ReadLineAsync());
        Assert.Equal("event: changed", await events.ReadLineAsync());
    }

    [Fact]
    public async Task A_report_that_was_written_again_while_nobody_watched_is_announced_to_who_read_the_older_one()
    {
        project.Workspace.Write("reports/hidden.html", "<!DOCTYPE html><html><body>old</body></html>");
        var version = FileStamp.Of(Path.Combine(project.Workspace.Root, "reports", "hidden.html"))!.ToString();
        project.Workspace.Write("reports/hidden.html", "<!DOCTYPE html><html><body>now longer</body></html>");

        using var response = await project.Client.GetAsync(
            new Uri($"/reports/hidden.html/changes?version={Uri.EscapeDataString(version!)}", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead);
        using StreamReader events = new(await response.Content.ReadAsStreamAsync());

        string?[] told = [await events.ReadLineAsync(), await events.ReadLineAsync(), await events.ReadLineAsync()];
        Assert.Equal<string?[]>(["retry: 1000", "", "event: changed"], told);
    }

    [Theory]
    [InlineData("/nothing.txt")]
    [InlineData("/favicon.ico")]
    [InlineData("/nothing/here")]
    public async Task What_is_not_there_is_a_page_whatever_it_is_called(string address) => Assert.NotEmpty(
        (await project.PageAsync(address, HttpStatusCode.NotFound)).Tagged("h1"));

    [Fact]
    public async Task A_pipeline_without_runs_is_said_to_have_none() => Assert.Equal("No run of “nope”.",
        (await project.PageAsync("/?pipeline=nope&lang=en")).Tagged("p", "byline").Single().Value);

    [Fact]
    public async Task Two_hundred_requests_at_once_are_answered()
    {
        string[] urls = ["/", $"/runs/{project.Run}", $"/runs/{project.Run}/tables/padded/rows?page=2", "/reports/served.html"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            i => project.Client.GetStringAsync(new Uri(urls[i % urls.Length], UriKind.Relative))));

        Assert.All(answers, answer => Assert.EndsWith("</html>", answer.TrimEnd(), StringComparison.Ordinal));
        Assert.Empty(project.Failures);
    }

    [Fact]
    public async Task Scripts_and_style_sheet_are_asked_about_and_not_sent_again()
    {
        foreach (var name in new[] { "pages.css", "changes.js", "live.js" })
        {
            using var first = await project.Client.GetAsync(new Uri($"/assets/{name}", UriKind.Relative));
            using HttpRequestMessage again = new(HttpMethod.Get, $"/assets/{name}");
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await project.Client.SendAsync(again);

            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
        }
    }
}
