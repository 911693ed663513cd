using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Hub;

/// <summary>Asks the hub over HTTP.</summary>
#pragma warning disable RS0030 // Whatever comes from it is known by its commit and compared with its hash.
public sealed class HubClient : IDisposable
{
    private const int MaxRedirections = 5;
    private const int MaxListBytes = 64 << 20;

    private readonly HubAccess _access;
    private readonly HttpClient _http;

    public HubClient(HubAccess access)
    {
        _access = access;
        // Redirections are followed here: large files lie elsewhere, and the token is not for that place.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = access.Timeout })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxListBytes,
        };
    }

    /// <summary>What a revision is now, with its files.</summary>
    /// <exception cref="HubException">There is no answer, or no such revision.</exception>
    public async Task<HubCommit> CommitAsync(HubRepository repository, string revision, CancellationToken cancellation)
    {
        var address = new Uri(
            _access.Endpoint, $"api/{repository.Plural}/{repository.Name}/revision/{Uri.EscapeDataString(revision)}?blobs=true");
        using var response = await GetAsync(address, from: 0, cancellation).ConfigureAwait(false);
        Check(response, $"the revision '{revision}' of '{repository.Name}'");
        var body = await InTimeAsync(stop => response.Content.ReadAsByteArrayAsync(stop), cancellation).ConfigureAwait(false);
        return Listed(body) ?? throw new HubException($"{_access.Endpoint.Host} gave something else than a list of files", mayPass: true);
    }

    /// <summary>Begins to send a file of a commit.</summary>
    /// <param name="from">Bytes that are there already.</param>
    /// <exception cref="HubException">There is no answer, or no such file.</exception>
    public async Task<HttpResponseMessage> FileAsync(
        HubRepository repository, string commit, string name, long from, CancellationToken cancellation)
    {
        var place = repository.Kind == HubKind.Model ? repository.Name : $"{repository.Plural}/{repository.Name}";
        var path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        var response = await GetAsync(new(_access.Endpoint, $"{place}/resolve/{commit}/{path}"), from, cancellation).ConfigureAwait(false);
        try
        {
            if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
                Check(response, $"'{name}' of '{repository.Name}' at {commit}");
            return response;
        }
        catch (HubException)
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Gives up when nothing comes for too long.</summary>
    /// <exception cref="HubException">Nothing came.</exception>
    public async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(_access.Timeout);
        try
        {
            return await ask(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HubException(
                FormattableString.Invariant($"{_access.Endpoint.Host} sent nothing for {_access.Timeout.TotalSeconds:0.##} s"),
                mayPass: true, $"try again, or wait longer: {HubAccess.TimeoutVariable}=60");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            var what = error is HttpRequestException ? "cannot be reached" : "hung up";
            throw new HubException($"{_access.Endpoint.Host} {what}: {error.GetBaseException().Message}", mayPass: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> GetAsync(Uri address, long from, CancellationToken cancellation)
    {
        for (var followed = 0; ; followed++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            if (from > 0)
                request.Headers.Range = new RangeHeaderValue(from, null);
            if (_access.Token is { } token && IsHub(address))
                request.Headers.Authorization = new("Bearer", token);
            var response = await InTimeAsync(
                stop => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop), cancellation).ConfigureAwait(false);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } next || followed == MaxRedirections)
                return response;
            response.Dispose();
            address = new(address, next);
        }
    }

    private bool IsHub(Uri address) => address.GetLeftPart(UriPartial.Authority) == _access.Endpoint.GetLeftPart(UriPartial.Authority);

    private void Check(HttpResponseMessage response, string what)
    {
        if (response.IsSuccessStatusCode)
            return;
        var (code, host) = (response.StatusCode, _access.Endpoint.Host);
        throw code switch
        {
            HttpStatusCode.NotFound => new HubException($"{host} has no {what} (404)", mayPass: false, "check name and revision")
            {
                IsMissing = true,
            },
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new HubException(
                $"{host} does not give {what} ({(int)code})", mayPass: false,
                _access.Token is null
                    ? $"there is no such repository, or it is not public: set {HubAccess.TokenVariable} to a token that may read it"
                    : $"check the token in {HubAccess.TokenVariable}, and whether its owner was granted access"),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new HubException($"{host} answers {(int)code} for {what}", mayPass: true),
            _ => new HubException($"{host} answers {(int)code} for {what}", mayPass: false),
        };
    }

    private static HubCommit? Listed(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject reply && (string?)reply["sha"] is { } commit && HubRepository.IsCommit(commit)
                && reply["siblings"] is JsonArray files
                ? new(commit, [.. files.Select(file => new HubFile(
                    (string)file!["rfilename"]!, (long)(file["lfs"]?["size"] ?? file["size"])!,
                    (string)(file["lfs"]?["sha256"] ?? file["blobId"])!))])
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            // Whoever called says what is wrong with it.
            return null;
        }
    }
}
