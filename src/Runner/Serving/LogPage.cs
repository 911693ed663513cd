using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pipelines.Runner.Serving;

/// <summary>What a stage said while it ran, as plain text: the end of it where it is long.</summary>
internal sealed class LogPage(Site site)
{
    private const int MaxBytes = 1 << 20;

    /// <exception cref="RefusedException">There is no such run, or the stage said nothing.</exception>
    public async Task WriteAsync(HttpContext context)
    {
        var (run, stage) = ((string)context.Request.RouteValues["run"]!, (string)context.Request.RouteValues["stage"]!);
        var path = site.Runs.Knows(run) ? site.Runs.Store.LogPath(run, stage) : null;
        if (!File.Exists(path))
            throw new RefusedException();
        // A stage that still runs may write on.
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, MaxBytes), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = site.Paths.In(await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false));
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).ConfigureAwait(false);
    }
}
