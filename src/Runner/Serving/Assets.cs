using System.Text;
using Microsoft.AspNetCore.Http;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Serving;

/// <summary>The style sheet, which shares all but its end with that of reports, and the few scripts of the pages.</summary>
internal sealed class Assets(string home)
{
    private static readonly Dictionary<string, (string Type, string[] Files)> ByName = new(StringComparer.Ordinal)
    {
        ["pages.css"] = ("text/css", ["colours.css", "graph.css", "theme.css", "pages/pages.css"]),
        ["live.js"] = ("text/javascript", ["pages/watch.js", "pages/live.js"]),
        ["changes.js"] = ("text/javascript", ["pages/watch.js", "pages/changes.js"]),
    };

    public async Task WriteAsync(HttpContext context)
    {
        if (!ByName.TryGetValue((string)context.Request.RouteValues["name"]!, out var asset))
            throw new RefusedException();
        var content = Encoding.UTF8.GetBytes(string.Join('\n',
            asset.Files.Select(file => File.ReadAllText(Path.Combine(home, "reports-templates", file)))));
        var tag = $"\"{ContentHash.Of(content).Short}\"";
        var response = context.Response;
        // Kept by the browser, and asked about each time: an edited style sheet shows at once.
        (response.Headers.CacheControl, response.Headers.ETag) = ("no-cache", tag);
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = $"{asset.Type}; charset=utf-8";
        await response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }
}
