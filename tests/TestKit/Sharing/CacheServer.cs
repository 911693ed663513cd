using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Pipelines.TestKit.Sharing;

/// <summary>A server of blobs on this machine, as a web server with GET, HEAD and PUT is one.</summary>
public sealed class CacheServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public CacheServer()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/team");
        probe.Stop();
        _listener.Prefixes.Add(Address.GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>By path, e.g. <c>cas/…</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>As <c>GET ac/…</c>, with the header <c>Authorization</c>.</summary>
    public ConcurrentQueue<(string What, string? Authorization)> Requests { get; } = [];

    /// <summary>Answers in the place of the server; false: the server answers.</summary>
    public Func<HttpListenerContext, string, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var blob = context.Request.Url!.AbsolutePath[(Address.AbsolutePath.Length + 1)..];
            var what = $"{context.Request.HttpMethod} {blob}";
            Requests.Enqueue((what, context.Request.Headers["Authorization"]));
            if (!await Instead(context, what))
                await AnswerAsync(context, blob);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client hung up.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, string blob)
    {
        if (context.Request.HttpMethod == "PUT")
        {
            using MemoryStream content = new();
            await context.Request.InputStream.CopyToAsync(content);
            Blobs[blob] = content.ToArray();
            context.Response.StatusCode = (int)HttpStatusCode.Created;
        }
        else if (!Blobs.TryGetValue(blob, out var content))
            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
        else
        {
            context.Response.ContentLength64 = content.Length;
            if (context.Request.HttpMethod == "GET")
                await context.Response.OutputStream.WriteAsync(content);
        }
    }
}
