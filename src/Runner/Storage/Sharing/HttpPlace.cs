using System.Net;
using System.Text;

namespace Pipelines.Runner.Storage;

/// <summary>A shared cache behind HTTP: GET, HEAD and PUT, as nginx with WebDAV, bazel-remote and gateways to S3 know them.</summary>
internal sealed class HttpPlace : BlobPlace
{
    // What comes slower than this is not worth waiting for.
    private const double MinBytesPerSecond = 100_000;

    private readonly Uri _address;
    private readonly KeyValuePair<string, string>? _header;
    private readonly TimeSpan _patience;
    private readonly HttpClient _http;

    /// <param name="header">Sent with every request, to this address alone: redirections are not followed.</param>
    /// <param name="patience">How long an answer may take, beside the time of its bytes.</param>
    public HttpPlace(Uri address, KeyValuePair<string, string>? header, TimeSpan patience)
    {
        _address = new(address.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped).TrimEnd('/') + "/");
        _header = header ?? Basic(Uri.UnescapeDataString(address.UserInfo));
        _patience = patience;
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = patience })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public override string Name => _address.AbsoluteUri.TrimEnd('/');

    /// <summary>The header for a name and a word, <c>name:word</c>; null for nothing.</summary>
    public static KeyValuePair<string, string>? Basic(string credentials) => credentials.Length == 0 ? null
        : new("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}");

    public override Task<bool> HasAsync(string blob, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Head, blob, null, (response, _) => Task.FromResult(IsThere(response, blob)), cancellation);

    public override Task<bool> ReadAsync(string blob, Stream target, long maxBytes, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Get, blob, null, async (response, stop) =>
        {
            if (!IsThere(response, blob))
                return false;
            stop.CancelAfter(PatienceFor(Math.Min(response.Content.Headers.ContentLength ?? 0, maxBytes)));
            var source = await response.Content.ReadAsStreamAsync(stop.Token).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
                await CopyAsync(blob, source, target, maxBytes, stop.Token).ConfigureAwait(false);
            return true;
        }, cancellation);

    public override Task WriteAsync(string blob, Stream content, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Put, blob, content, (response, _) =>
            Task.FromResult(response.IsSuccessStatusCode ? true : throw Refusal(response, $"does not take {blob}")), cancellation);

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    private async Task<T> AskAsync<T>(HttpMethod method, string blob, Stream? content,
        Func<HttpResponseMessage, CancellationTokenSource, Task<T>> read, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(PatienceFor(content?.Length ?? 0));
        using HttpRequestMessage request = new(method, new Uri(_address, blob));
        if (content is not null)
            request.Content = new StreamContent(content);
        if (_header is { } header)
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token).ConfigureAwait(false);
            return await read(response, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var patience = FormattableString.Invariant($"{_patience.TotalSeconds:0.#} s");
            throw new SharingException(
                $"is too slow: {blob} took longer than {patience}, beside the time of its bytes", SharingFault.Final);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new SharingException($"cannot be used: {error.GetBaseException().Message}", SharingFault.Answer);
        }
    }

    private TimeSpan PatienceFor(long bytes) => _patience + TimeSpan.FromSeconds(bytes / MinBytesPerSecond);

    private static bool IsThere(HttpResponseMessage response, string blob) =>
        response.StatusCode == HttpStatusCode.OK ? true
        : response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone ? false
        : throw Refusal(response, $"does not give {blob}");

    private static SharingException Refusal(HttpResponseMessage response, string what)
    {
        var isForbidden = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        return new(
            FormattableString.Invariant($"{what}: it answers {(int)response.StatusCode} {response.ReasonPhrase}")
            + (isForbidden ? " (a header or a line in netrc may be missing: docs/shared-cache.md)" : ""),
            isForbidden ? SharingFault.Final : SharingFault.Answer);
    }
}
