using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Results that a team shares, in a folder or behind HTTP. Nothing is believed: what comes is compared with its hashes, and with a key its
/// record with its signature. Whatever goes wrong is a miss, and one line for the user at the end.
/// </summary>
public sealed class SharedCache : IDisposable
{
    private const int MaxFailures = 3;

    private readonly BlobPlace _place;
    private readonly byte[]? _key;
    private readonly Lock _gate = new();
    private string? _first;
    private int _problems, _failures;
    private volatile bool _isAway;

    /// <param name="key">Signs what is given, and must have signed what is taken; null: no signatures.</param>
    internal SharedCache(BlobPlace place, byte[]? key) => (_place, _key) = (place, key);

    /// <summary>For people; without secrets.</summary>
    public string Name => _place.Name;

    /// <summary>What went wrong so far, in one line; null: nothing.</summary>
    public string? Problem
    {
        get
        {
            lock (_gate)
                return _first is null ? null
                    : $"the shared cache {Name} {_first}" + (_problems > 1 ? $" (and {_problems - 1} more)" : "")
                        + (_isAway ? "; it is not asked again" : "");
        }
    }

    /// <param name="header">Sent with every request to an HTTP address.</param>
    /// <param name="patience">How long an answer may take, beside the time of its bytes.</param>
    public static SharedCache At(Uri address, KeyValuePair<string, string>? header, TimeSpan patience, byte[]? key) =>
        new(new HttpPlace(address, header, patience), key);

    /// <summary>The header for a name and a password, <c>name:password</c>.</summary>
    public static KeyValuePair<string, string>? Basic(string credentials) => HttpPlace.Basic(credentials);

    public static SharedCache In(string folder, byte[]? key) => new(new FolderPlace(folder), key);

    /// <summary>Brings a result whole into a temporary folder of the store; null: there is none that can be used.</summary>
    internal async Task<ArrivedResult?> FetchAsync(ArtifactStore store, ContentHash fingerprint, CancellationToken cancellation)
    {
        if (_isAway)
            return null;
        ArrivedResult? arrived = null;
        try
        {
            if (await RecordAsync(store.Layout, fingerprint, cancellation).ConfigureAwait(false) is not { } file)
                return null;
            arrived = new(store, file, Name);
            if (await arrived.IsWholeAsync(_place, cancellation).ConfigureAwait(false))
                return arrived;
        }
        catch (SharingException error)
        {
            Note(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Note(new($"gave what cannot be kept here: {error.Message}", SharingFault.Content));
        }
        catch
        {
            arrived?.Dispose();
            throw;
        }
        arrived?.Dispose();
        return null;
    }

    /// <summary>Gives a result of the store, its contents before its record, so that nobody finds half of it.</summary>
    /// <returns>The bytes sent; 0: all was there; null: it is not whole in the store, or could not be given.</returns>
    public async Task<long?> PushAsync(ArtifactStore store, ContentHash fingerprint, CancellationToken cancellation)
    {
        if (_isAway || store.WholeResult(fingerprint) is not { } file)
            return null;
        try
        {
            var sent = 0L;
            foreach (var stored in file.Objects)
                foreach (var one in stored.Files)
                    sent += await SendAsync(Path.Combine(store.Layout.Object(stored.Id), one.Name), one, cancellation)
                        .ConfigureAwait(false);
            if (sent == 0 && await RecordAsync(store.Layout, fingerprint, cancellation, quietly: true).ConfigureAwait(false) is not null)
                return 0;
            // Where it came from is no part of what it is.
            var record = SharedRecord.ToBytes(file with { Action = file.Action with { Origin = null } }, _key);
            using MemoryStream content = new(record);
            await _place.WriteAsync($"ac/{fingerprint.Hex}", content, cancellation).ConfigureAwait(false);
            return sent + record.Length;
        }
        catch (SharingException error)
        {
            Note(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Note(new($"was not given everything: {error.Message}", SharingFault.Content));
        }
        return null;
    }

    public void Dispose() => _place.Dispose();

    private async Task<long> SendAsync(string path, StoredFile file, CancellationToken cancellation)
    {
        var blob = BlobOf(file);
        if (await _place.HasAsync(blob, cancellation).ConfigureAwait(false))
            return 0;
        var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using (content.ConfigureAwait(false))
            await _place.WriteAsync(blob, content, cancellation).ConfigureAwait(false);
        return file.Bytes;
    }

    internal static string BlobOf(StoredFile file) => $"cas/{file.Hash.Hex}";

    private async Task<ActionFile?> RecordAsync(
        StoreLayout layout, ContentHash fingerprint, CancellationToken cancellation, bool quietly = false)
    {
        using MemoryStream record = new();
        if (!await _place.ReadAsync($"ac/{fingerprint.Hex}", record, SharedRecord.MaxBytes, cancellation).ConfigureAwait(false))
            return null;
        var (file, problem) = SharedRecord.Read(record.ToArray(), fingerprint, layout, _key);
        return file is not null || quietly
            ? file
            : throw new SharingException($"has a record that {problem}: ac/{fingerprint.Hex}", SharingFault.Content);
    }

    private void Note(SharingException error)
    {
        lock (_gate)
        {
            _first ??= error.Message;
            _problems++;
            _isAway |= error.Fault == SharingFault.Final || (error.Fault == SharingFault.Answer && ++_failures >= MaxFailures);
        }
    }
}
