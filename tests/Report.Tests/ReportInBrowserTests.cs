using Microsoft.Playwright;

namespace Pipelines.Tests.Report;

/// <summary>What only a browser tells of a report: what it loads, what it complains of, what axe-core finds, and how wide it is.</summary>
public sealed class ReportInBrowserTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>Of A4 in pixels, without its margins.</summary>
    private const int PaperWidth = 665;

    public static TheoryData<string, int, ColorScheme> Views
    {
        get
        {
            TheoryData<string, int, ColorScheme> views = [];
            foreach (var language in new[] { "fr", "en" })
                foreach (var width in new[] { 1280, 390 })
                    foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                        views.Add(language, width, scheme);
            return views;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task It_is_quiet_fits_and_everybody_can_use_it(string language, int width, ColorScheme scheme)
    {
        await using var context = await browser.NewAsync(width, scheme);

        var seen = await SeenPage.OpenAsync(context, browser.Report(language).AbsoluteUri);
        var places = await seen.Page.EvaluateAsync<double[]>(
            "() => ['h1', '.contents', '#summary'].flatMap(name => { const box = document.querySelector(name).getBoundingClientRect();"
            + " return [box.left, box.top]; })");

        await seen.CheckAsync(width);
        Assert.Equal([browser.Report(language).AbsoluteUri], seen.Requests);
        // Beside the title where there is room, else between it and the summary.
        Assert.True(width > 1100 ? places[2] < places[0] && places[3] < places[5] : places[1] < places[3] && places[3] < places[5]);
    }

    /// <summary>Chromium makes all pages smaller when one element is too wide.</summary>
    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Nothing_is_wider_than_the_paper_it_is_printed_on(string language)
    {
        await using var context = await browser.NewAsync(PaperWidth, ColorScheme.Light);
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.GotoAsync(browser.Report(language).AbsoluteUri);

        Assert.InRange(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, PaperWidth);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Printed_text_has_two_columns_and_what_is_wide_stands_across_both(string language)
    {
        await using var context = await browser.NewAsync(PaperWidth, ColorScheme.Light);
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.GotoAsync(browser.Report(language).AbsoluteUri);

        const string Figures = "[...document.querySelectorAll('.flow figure')]";
        var columns = await page.EvaluateAsync<int>(
            $"() => new Set({Figures}.map(one => Math.round(one.getBoundingClientRect().left / 100))).size");
        var widest = await page.EvaluateAsync<double>(
            $"() => Math.max(...{Figures}.map(one => one.scrollWidth / document.querySelector('main').clientWidth))");

        Assert.Equal(2, columns);
        Assert.InRange(widest, 0.1, 0.5);
        Assert.Equal(0, await page.Locator(".flow .across").CountAsync());
        Assert.NotEqual(0, await page.Locator("section > article > .across").CountAsync());
    }
}
