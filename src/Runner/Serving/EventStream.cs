using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pipelines.Runner.Serving;

/// <summary>Server-sent events to one page, until it is closed or the server ends.</summary>
internal sealed class EventStream(HttpContext context, CancellationToken ending) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);

    /// <summary>Says that the stream is open, before anything happens.</summary>
    public Task BeginAsync()
    {
        context.Response.ContentType = "text/event-stream";
        // A browser that lost its server asks again, so that a page comes back to life with it.
        return WriteAsync("retry: 1000\n\n");
    }

    public Task SendAsync(string name, string data) =>
        WriteAsync($"event: {name}\n{string.Concat(data.Split('\n').Select(line => $"data: {line}\n"))}\n");

    /// <summary>False when it is over.</summary>
    public async Task<bool> PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_end.IsCancellationRequested;
    }

    public ValueTask DisposeAsync()
    {
        _end.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync(string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
