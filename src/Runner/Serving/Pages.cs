using System.Text;
using System.Web;
using Microsoft.AspNetCore.Http;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Rendering;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Serving;

/// <summary>Writes pages in the language of whoever asks, and what went wrong as a page too.</summary>
internal sealed class Pages
{
    private const string LanguageCookie = "language";

    private static readonly string[] Codes = ["en", "fr"];

    private readonly Site _site;
    private readonly Action<Exception> _failed;
    private readonly PageRenderer _renderer;
    private readonly Dictionary<string, Language> _languages;

    public Pages(Site site, Action<Exception> failed)
    {
        ReportFiles files = new(site.ProjectRoot, site.Home);
        (_site, _failed) = (site, failed);
        _renderer = new(files.Templates);
        _languages = Codes.ToDictionary(code => code, files.Language, StringComparer.Ordinal);
    }

    public Task WriteAsync(HttpContext context, PageView page) => WriteAsync(context, page, StatusCodes.Status200OK);

    /// <summary>A part of a page by itself, for a script that puts it in its place.</summary>
    public string Part(HttpContext context, string template, object model) =>
        _renderer.Render(template, model, new { }, LanguageOf(context).Phrases);

    /// <summary>Makes a page of what goes wrong in another one.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        context.Items[typeof(Language)] = LanguageAskedBy(context);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (RefusedException refused)
        {
            await SayAsync(context, refused.Status, LanguageOf(context).Phrase(refused.Phrase)).ConfigureAwait(false);
        }
        catch (DamagedArtifactException damaged)
        {
            await SayAsync(context, StatusCodes.Status410Gone, LanguageOf(context).Phrase("page_gone"), damaged.Message)
                .ConfigureAwait(false);
        }
        catch (StageException refused)
        {
            await SayAsync(context, StatusCodes.Status422UnprocessableEntity, refused.Message, refused.Help).ConfigureAwait(false);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            _failed(error);
            await SayAsync(context, StatusCodes.Status500InternalServerError, LanguageOf(context).Phrase("page_failed"), error.Message)
                .ConfigureAwait(false);
        }
    }

    public static Language LanguageOf(HttpContext context) => (Language)context.Items[typeof(Language)]!;

    private Task SayAsync(HttpContext context, int status, string message, string? more = null) =>
        WriteAsync(context, new MessagePage(message, more is null ? null : _site.Paths.In(more)), status);

    private async Task WriteAsync(HttpContext context, PageView page, int status)
    {
        var language = LanguageOf(context);
        var html = _renderer.Render($"pages/{page.Template}", page, FrameOf(context, page, language), language.Phrases);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentLanguage = language.Code;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(html), context.RequestAborted).ConfigureAwait(false);
    }

    private static PageFrame FrameOf(HttpContext context, PageView page, Language language)
    {
        var other = Codes.First(code => code != language.Code);
        var query = HttpUtility.ParseQueryString(context.Request.QueryString.Value ?? "");
        query["lang"] = other;
        return new(language.Code, page.Title.Length > 0 ? page.Title : language.Phrase("page_site"), other,
            $"{context.Request.PathBase}{context.Request.Path}?{query}",
            [.. Navigation.Links.Select(link => new NavigationLink(link.Url, language.Phrase(link.Phrase), link.Phrase == page.Section))]);
    }

    // What the address says, else what was chosen before, else what the browser prefers.
    private Language LanguageAskedBy(HttpContext context)
    {
        var request = context.Request;
        if (request.Query["lang"] is [{ } asked] && _languages.TryGetValue(asked, out var chosen))
        {
            context.Response.Cookies.Append(LanguageCookie, asked, new() { SameSite = SameSiteMode.Strict, HttpOnly = true });
            return chosen;
        }
        if (request.Cookies[LanguageCookie] is { } before && _languages.TryGetValue(before, out var known))
            return known;
        var preferred = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0]).FirstOrDefault(_languages.ContainsKey);
        return _languages[preferred ?? Codes[0]];
    }
}
