using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Pipelines.TestKit.Hub;

/// <summary>A hub on this machine with one repository, whose large files lie at another address.</summary>
public sealed class HubServer : IDisposable
{
    public const string First = "1111111111111111111111111111111111111111", Second = "2222222222222222222222222222222222222222";

    private readonly HttpListener _listener;
    private readonly HttpListener _storage;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <param name="place">As in an address: <c>org/model</c>, or <c>datasets/org/rows</c>.</param>
    public HubServer(string place)
    {
        Place = place;
        (_listener, Endpoint) = Listen();
        (_storage, Storage) = Listen();
        _ = ServeAsync(_listener, AnswerAsync);
        _ = ServeAsync(_storage, SendAsync);
    }

    public string Place { get; }

    public Uri Endpoint { get; }

    public Uri Storage { get; }

    /// <summary>What <c>main</c> is; commits that are not here are unknown.</summary>
    public string Main { get; set; } = First;

    /// <summary>Files from this size on lie in the storage.</summary>
    public int LargeFrom { get; set; } = 1000;

    /// <summary>Answers in the place of the hub; null: as it should.</summary>
    public Func<HttpListenerContext, Task>? Instead { get; set; }

    /// <summary>What is sent in the place of a file's content, from the request's number on.</summary>
    public Func<string, byte[], byte[]> Sent { get; set; } = (_, content) => content;

    /// <summary>Hangs up after so many bytes of a file, as often as this says.</summary>
    public (int Bytes, int Times) HangsUp { get; set; }

    public bool KnowsRanges { get; set; } = true;

    public List<(string Path, string? Authorization, string? Range)> Requests { get; } = [];

    public void Add(string name, byte[] content) => _files[name] = content;

    public void Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    public void AddFolder(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            Add(Path.GetFileName(file), File.ReadAllBytes(file));
    }

    public void Dispose()
    {
        _listener.Close();
        _storage.Close();
    }

    private bool IsLarge(string name) => _files[name].Length >= LargeFrom;

    private async Task AnswerAsync(HttpListenerContext context)
    {
        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }
        var path = context.Request.Url!.AbsolutePath.TrimStart('/');
        var kind = Place.StartsWith("datasets/", StringComparison.Ordinal) ? "" : "models/";
        var list = $"api/{kind}{Place}/revision/";
        if (path.StartsWith(list, StringComparison.Ordinal) && (path[list.Length..] == "main" || path[list.Length..] == Main))
            Send(context, 200, Encoding.UTF8.GetBytes(Listed().ToJsonString()));
        else if (path.StartsWith($"{Place}/resolve/{Main}/", StringComparison.Ordinal)
            && path[$"{Place}/resolve/{Main}/".Length..] is var name && _files.ContainsKey(name))
        {
            if (!IsLarge(name))
            {
                await SendAsync(context);
                return;
            }
            context.Response.Headers["Location"] = new Uri(Storage, path).ToString();
            Send(context, 302, []);
        }
        else
            Send(context, 404, "Not Found"u8.ToArray());
    }

    private JsonObject Listed() => new()
    {
        ["sha"] = Main,
        ["siblings"] = new JsonArray([.. _files.Select(file => new JsonObject
        {
            ["rfilename"] = file.Key,
            ["size"] = file.Value.Length,
            ["blobId"] = GitId(file.Value),
            ["lfs"] = IsLarge(file.Key)
                ? new JsonObject { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file.Value)), ["size"] = file.Value.Length }
                : null,
        })]),
    };

#pragma warning disable CA5350 // As git names contents.
    private static string GitId(byte[] content) => Convert.ToHexStringLower(
        SHA1.HashData([.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"blob {content.Length}\0")), .. content]));
#pragma warning restore CA5350

    private async Task SendAsync(HttpListenerContext context)
    {
        var name = context.Request.Url!.AbsolutePath.Split("/resolve/")[1].Split('/', 2)[1];
        var content = Sent(name, _files[name]);
        var range = context.Request.Headers["Range"];
        var from = KnowsRanges && range is not null ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        if (from > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers["Content-Range"] = FormattableString.Invariant($"bytes {from}-{content.Length - 1}/{content.Length}");
        }
        context.Response.ContentLength64 = content.Length - from;
        if (HangsUp is (var bytes, > 0) && content.Length - from > bytes)
        {
            HangsUp = (bytes, HangsUp.Times - 1);
            await context.Response.OutputStream.WriteAsync(content.AsMemory(from, bytes));
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
            return;
        }
        await context.Response.OutputStream.WriteAsync(content.AsMemory(from));
        context.Response.Close();
    }

    private static void Send(HttpListenerContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.Close(body, willBlock: true);
    }

    private async Task ServeAsync(HttpListener listener, Func<HttpListenerContext, Task> answer)
    {
        while (listener.IsListening)
            try
            {
                var context = await listener.GetContextAsync();
                lock (Requests)
                    Requests.Add((
                        context.Request.Url!.PathAndQuery, context.Request.Headers["Authorization"], context.Request.Headers["Range"]));
                await answer(context);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // Whoever asked hung up, or this is the end.
            }
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            using TcpListener free = new(IPAddress.Loopback, 0);
            free.Start();
            Uri address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
            free.Stop();
            HttpListener listener = new() { Prefixes = { address.ToString() } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Somebody else took the port in between.
                listener.Close();
            }
        }
    }
}
