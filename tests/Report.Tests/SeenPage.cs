using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Pipelines.Tests.Report;

/// <summary>A page in a browser, and whatever it asked for and complained of since it was opened.</summary>
internal sealed class SeenPage(IPage page)
{
    public IPage Page => page;

    /// <summary>Addresses of all that was loaded.</summary>
    public List<string> Requests { get; } = [];

    public List<string> Messages { get; } = [];

    public static async Task<SeenPage> OpenAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        SeenPage seen = new(page);
        page.Request += (_, request) => seen.Requests.Add(request.Url);
        page.Console += (_, message) => seen.Messages.Add(message.Text);
        page.PageError += (_, error) => seen.Messages.Add(error);
        await page.GotoAsync(address);
        // What is folded away is a part of the page.
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => details.open = true)");
        return seen;
    }

    /// <summary>It said nothing, is no wider than it may be, and axe-core finds nothing that keeps anybody from using it.</summary>
    public async Task CheckAsync(int width)
    {
        Assert.Empty(Messages);
        var widest = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"the page is {widest} pixels wide");
        var found = await page.RunAxe();
        var problems = found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id} ({rule.Help}): {node.Html}"));
        Assert.True(found.Violations.Length == 0, string.Join('\n', problems));
        Assert.Empty(Messages);
    }
}
