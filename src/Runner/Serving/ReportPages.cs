using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Serving;

/// <summary>The reports of the project as they lie in their folder; one that is open loads itself again when it was written anew.</summary>
/// <param name="ending">Cancelled when the server ends.</param>
internal sealed partial class ReportPages(Site site, CancellationToken ending)
{
    private const string Extension = ".html";

    // Of a report, its title is near the beginning.
    private const int TitleLength = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public ReportsPageView List(HttpContext context)
    {
        var language = Pages.LanguageOf(context);
        return new(language.Phrase("page_reports"), [.. Files(site).OrderByDescending(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal).Select(file => LinkOf(file) with
            {
                When = DateText.Of(file.LastWriteTime, language),
            })]);
    }

    /// <summary>Those of the experiment of a run: the report, and those of other templates.</summary>
    public static IEnumerable<ReportLink> Of(Site site, RunRecord run) => Files(site)
        .Where(file => file.Name == run.Name + Extension || IsOfOtherTemplate(file.Name, run.Name))
        .OrderBy(file => file.Name, StringComparer.Ordinal).Select(LinkOf);

    /// <summary>Whether its report was written after a run had ended.</summary>
    public static bool IsWrittenAfter(Site site, RunRecord run) =>
        Files(site).Any(file => file.Name == run.Name + Extension && file.LastWriteTimeUtc >= run.Started.UtcDateTime + run.Took);

    // icd10.summary.html, but not icd10@rate=0.5.html of icd10@rate=0.
    private static bool IsOfOtherTemplate(string file, string run) =>
        file.StartsWith(run + ".", StringComparison.Ordinal) && TemplateName().IsMatch(file.AsSpan(run.Length + 1));

    /// <exception cref="RefusedException">There is no such report.</exception>
    public async Task WriteAsync(HttpContext context)
    {
        var path = Asked(context).FullName;
        // Of before it is read: what is written from now on is news.
        var reloading = $"<script src=\"/assets/changes.js\" data-version=\"{FileStamp.Of(path)}\" defer=\"defer\"></script>\n";
        var content = await File.ReadAllBytesAsync(path, context.RequestAborted).ConfigureAwait(false);
        var end = content.AsSpan().LastIndexOf("</body>"u8);
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = RequestGuard.ReportPolicy;
        response.ContentType = "text/html; charset=utf-8";
        var head = content.AsMemory(0, end < 0 ? content.Length : end);
        foreach (var part in new[] { head, Encoding.UTF8.GetBytes(reloading), content.AsMemory(head.Length) })
            await response.Body.WriteAsync(part, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A stream of events: one whenever the report has been written again, since it was read by who asks.</summary>
    public async Task WatchAsync(HttpContext context)
    {
        var path = Asked(context).FullName;
        var seen = context.Request.Query["version"] is [{ } read] ? read : FileStamp.Of(path)?.ToString();
        await using var stream = new EventStream(context, ending);
        await stream.BeginAsync().ConfigureAwait(false);
        while (await stream.PauseAsync(Pause).ConfigureAwait(false))
            if (FileStamp.Of(path)?.ToString() is { } now && now != seen)
            {
                seen = now;
                await stream.SendAsync("changed", "").ConfigureAwait(false);
            }
    }

    // A name is only compared with those that are there, so that none leads out of the folder.
    private FileInfo Asked(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return Files(site).FirstOrDefault(file => file.Name == name) ?? throw new RefusedException("page_no_such_report");
    }

    private static IEnumerable<FileInfo> Files(Site site) => !Directory.Exists(site.ReportsFolder) ? []
        : new DirectoryInfo(site.ReportsFolder).EnumerateFiles("*" + Extension)
            // A name that is no UTF-8 is read as another one, which is nobody's.
            .Where(file => file.LinkTarget is null && File.Exists(file.FullName));

    private static ReportLink LinkOf(FileInfo file)
    {
        using var reader = file.OpenText();
        var start = new char[TitleLength];
        var title = Title().Match(new string(start, 0, reader.ReadBlock(start)));
        var name = Path.GetFileNameWithoutExtension(file.Name);
        return new($"/reports/{Uri.EscapeDataString(file.Name)}",
            title.Success ? WebUtility.HtmlDecode(title.Groups[1].Value) : name, name, "");
    }

    [GeneratedRegex(@"^[a-z][\w-]*\.html$", RegexOptions.IgnoreCase)]
    private static partial Regex TemplateName();

    [GeneratedRegex("<title>(.*?)</title>", RegexOptions.Singleline)]
    private static partial Regex Title();
}

internal sealed record ReportsPageView(string Heading, IReadOnlyList<ReportLink> Reports)
    : PageView("reports", Heading, Navigation.Reports);

/// <param name="Name">Of the pipeline, with what the command line changed.</param>
internal sealed record ReportLink(string Url, string Title, string Name, string When);
