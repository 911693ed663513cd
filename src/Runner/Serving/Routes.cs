using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pipelines.Runner.Serving;

/// <summary>Which page has which address.</summary>
/// <param name="ending">Cancelled when the server ends: what streams has to end first.</param>
internal sealed class Routes(Site site, Pages pages, LoadedModels models, CancellationToken ending)
{
    private static readonly string[] s_readMethods = [HttpMethods.Get, HttpMethods.Head];

    public void AddTo(IEndpointRouteBuilder routes)
    {
        Assets assets = new(site.Home);
        ReportPages reports = new(site, ending);
        LivePages live = new(site, pages, ending);
        routes.MapGet("/live", live.WatchAllAsync);
        routes.MapGet("/runs/{run}/live", live.WatchRunAsync);
        routes.MapGet("/reports/{name}/changes", reports.WatchAsync);
        Map("/", context => pages.WriteAsync(context, new RunsPage(site, live).Of(context)));
        Map("/runs/{run}", context => pages.WriteAsync(context, new RunPage(site, live).Of(context)));
        Map("/runs/{run}/logs/{stage}", context => new LogPage(site).WriteAsync(context));
        Map("/runs/{run}/tables/{stage}/{port}", async context =>
            await pages.WriteAsync(context, await new TablePage(site).OfAsync(context).ConfigureAwait(false)).ConfigureAwait(false));
        Map("/compare", context => pages.WriteAsync(context, new ComparePage(site).Of(context)));
        Map("/reports", context => pages.WriteAsync(context, reports.List(context)));
        Map("/reports/{name}", reports.WriteAsync);
        Map("/try", async context =>
            await pages.WriteAsync(context, await new TryPage(site, models).OfAsync(context).ConfigureAwait(false)).ConfigureAwait(false));
        Map("/assets/{name}", assets.WriteAsync);
        // Without a pattern of its own, what looks like the name of a file would get no page.
        routes.MapFallback("{*path}", _ => throw new RefusedException());

        // What a browser is given, without its content where only its headers are asked for.
        void Map(string pattern, RequestDelegate page) => routes.MapMethods(pattern, s_readMethods, page);
    }
}
