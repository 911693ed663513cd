using System.Text.Json;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>Reads an action file whose checksum is right.</summary>
internal sealed class ActionReader(ContentHash fingerprint, StoreLayout layout, Fingerprint? known)
{
    private readonly List<StoredObject> _objects = [];
    private Fingerprint? _reasons = known;
    private string? _format, _run, _origin, _note;
    private ContentHash _fingerprint;
    private TimeSpan _took;
    private long? _peakMemory, _memoryBefore;
    private IReadOnlyList<string> _log = [];
    private ArtifactSet? _outputs;

    public (ActionFile? File, string? Problem) Read(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        json.Enter(JsonTokenType.StartObject);
        while (json.NextMember())
        {
            ReadMember(ref json);
            if (_format is not ActionFile.Format)
                return (null, "action file of another version");
        }
        if (_fingerprint != fingerprint)
            return (null, "action file of another stage");
        return _reasons is not null && _outputs is not null && _run is not null
            ? (new(
                new(_reasons, _outputs, _took, _note, _log, _run)
                {
                    Bytes = _objects.Sum(stored => stored.Bytes),
                    Origin = _origin,
                    Memory = _peakMemory is { } peak && _memoryBefore is { } before ? new(peak, before) : null,
                },
                _objects), null)
            : (null, "unreadable action file");
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        switch (json.Name())
        {
            case "format":
                _format = json.Text();
                break;
            case "fingerprint":
                _fingerprint = json.Hash();
                break;
            case "reasons" when _reasons is null:
                _reasons = FingerprintJson.Read(ref json);
                break;
            case "run":
                _run = json.Text();
                break;
            case "origin":
                _origin = json.Text();
                break;
            case "took_seconds":
                _took = TimeSpan.FromSeconds(json.NumberOrWord());
                break;
            case "peak_memory":
                _peakMemory = json.Whole();
                break;
            case "memory_before":
                _memoryBefore = json.Whole();
                break;
            case "note":
                _note = json.TextOrNull();
                break;
            case "log":
                _log = json.Texts();
                break;
            case "outputs":
                _outputs = ArtifactJson.Read(ref json, layout);
                break;
            case "objects":
                ReadObjects(ref json);
                break;
        }
    }

    private void ReadObjects(ref Utf8JsonReader json)
    {
        json.Enter(JsonTokenType.StartObject);
        while (json.NextMember())
        {
            var id = ContentHash.Find(json.Name()) ?? throw new JsonException("An object has no hash for a name.");
            var files = new List<StoredFile>(4);
            json.Enter(JsonTokenType.StartArray);
            while (json.NextObject())
                files.Add(ReadFile(ref json));
            _objects.Add(new(id, files));
        }
    }

    private static StoredFile ReadFile(ref Utf8JsonReader json)
    {
        string? name = null;
        long bytes = -1;
        ContentHash hash = default;
        while (json.NextMember())
            switch (json.Name())
            {
                case "name":
                    name = json.Text();
                    break;
                case "bytes":
                    bytes = json.Whole();
                    break;
                case "sha256":
                    hash = json.Hash();
                    break;
            }
        return StoredFile.IsName(name) && bytes >= 0 && hash.Hex is not null
            ? new(name, bytes, hash)
            : throw new JsonException("A file of an object lacks something.");
    }
}
