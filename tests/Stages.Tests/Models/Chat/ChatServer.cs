using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Pipelines.Tests.Stages.Models.Chat;

/// <summary>A chat endpoint on this machine that gives the replies it was told to, one a request, the last one for ever.</summary>
internal sealed class ChatServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Queue<Func<HttpListenerContext, string, Task>> _replies;

    public ChatServer(params Func<HttpListenerContext, string, Task>[] replies)
    {
        _replies = new(replies);
        (_listener, Endpoint) = Listen();
        _ = ServeAsync();
    }

    public Uri Endpoint { get; }

    public List<(string? Authorization, long Length, JsonNode Body, DateTime At)> Requests { get; } = [];

    /// <summary>A port of this machine where nobody listens.</summary>
    public static Uri Nobody()
    {
        using ChatServer server = new();
        return server.Endpoint;
    }

    public static Func<HttpListenerContext, string, Task> Says(string answer) => Sends(200, new JsonObject
    {
        ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = answer } }),
    }.ToJsonString());

    public static Func<HttpListenerContext, string, Task> Sends(int status, string body, params (string Name, string Value)[] headers) =>
        async (context, _) =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        };

    /// <summary>Never answers.</summary>
    public static Task Sleeps(HttpListenerContext context, string body) => Task.CompletedTask;

    /// <summary>Hangs up in the middle.</summary>
    public static Task HangsUp(HttpListenerContext context, string body)
    {
        context.Response.Abort();
        return Task.CompletedTask;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            Requests.Add(
                (context.Request.Headers["Authorization"], context.Request.ContentLength64, JsonNode.Parse(body)!, DateTime.UtcNow));
            await (_replies.Count > 1 ? _replies.Dequeue() : _replies.Peek())(context, body);
        }
    }

    private static (HttpListener, Uri) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            using TcpListener free = new(IPAddress.Loopback, 0);
            free.Start();
            Uri address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/v1/");
            free.Stop();
            HttpListener listener = new() { Prefixes = { address.ToString() } };
            try
            {
                listener.Start();
                return (listener, new(address, "chat/completions"));
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Somebody else took the port in between.
                listener.Close();
            }
        }
    }
}
