using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Pipelines.Runner.Serving;

/// <summary>Which page has which address.</summary>
/// <param name="ending">Cancelled when the server ends: what streams has to end first.</param>
internal sealed class Routes(Site site, Pages pages, LoadedModels models, CancellationToken ending)
{
    public void AddTo(IEndpointRouteBuilder routes)
    {
        Assets assets = new(site.Home);
        ReportPages reports = new(site, ending);
        LivePages live = new(site, pages, ending);
        routes.MapGet("/", context => pages.WriteAsync(context, new RunsPage(site, live).Of(context)));
        routes.MapGet("/live", live.WatchAllAsync);
        routes.MapGet("/runs/{run}", context => pages.WriteAsync(context, new RunPage(site, live).Of(context)));
        routes.MapGet("/runs/{run}/live", live.WatchRunAsync);
        routes.MapGet("/runs/{run}/logs/{stage}", context => new LogPage(site).WriteAsync(context));
        routes.MapGet("/runs/{run}/tables/{stage}/{port}", async context =>
            await pages.WriteAsync(context, await new TablePage(site).OfAsync(context).ConfigureAwait(false)).ConfigureAwait(false));
        routes.MapGet("/compare", context => pages.WriteAsync(context, new ComparePage(site).Of(context)));
        routes.MapGet("/reports", context => pages.WriteAsync(context, reports.List(context)));
        routes.MapGet("/reports/{name}", reports.WriteAsync);
        routes.MapGet("/reports/{name}/changes", reports.WatchAsync);
        routes.MapGet("/try", async context =>
            await pages.WriteAsync(context, await new TryPage(site, models).OfAsync(context).ConfigureAwait(false)).ConfigureAwait(false));
        routes.MapGet("/assets/{name}", assets.WriteAsync);
        routes.MapFallback(_ => throw new NotFoundException());
    }
}
