using System.Buffers.Binary;
using System.IO.Compression;

namespace Pipelines.Stages.Torch.Pickles;

/// <summary>A file of torch.save: an archive since version 1.6, one pickle after the other before.</summary>
internal static class TorchFile
{
    /// <summary>The low 63 bits of the number that an older file begins with.</summary>
    private const long Magic = 0x286a20f9469cfc6c;

    /// <summary>Every floating-point tensor of a dictionary, as 32-bit floats.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds more than tensors.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            Span<byte> start = stackalloc byte[2];
            file.ReadExactly(start);
            file.Position = 0;
            return start.SequenceEqual("PK"u8) ? ReadArchive(file) : ReadPickles(file);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {error.Message}.", error);
        }
    }

    private static Dictionary<string, StoredTensor> ReadArchive(FileStream file)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read);
        var pickle = archive.Entries.FirstOrDefault(entry => entry.Name == "data.pkl")
            ?? throw new InvalidDataException("it is an archive without data.pkl");
        var folder = pickle.FullName[..^pickle.Name.Length];
        object? root;
        using (var buffered = new BufferedStream(pickle.Open()))
            root = new TensorPickle(buffered).Read();
        return Tensors(root, storage =>
        {
            var entry = archive.GetEntry($"{folder}data/{storage.Key}")
                ?? throw new InvalidDataException($"its storage '{storage.Key}' is missing");
            // Storages are never compressed, so none is larger than the file.
            if (entry.Length != storage.Bytes || entry.Length > file.Length)
                throw storage.HasOtherSize(entry.Length);
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    private static Dictionary<string, StoredTensor> ReadPickles(FileStream file)
    {
        using var buffered = new BufferedStream(file);
        var pickles = new TensorPickle(buffered);
        if (pickles.Read() is not Magic)
            throw new InvalidDataException("it was not written by torch.save");
        // The version of the format, and the machine it was written on.
        pickles.Read();
        pickles.Read();
        var root = pickles.Read();
        var types = Views(root).Select(view => view.Value.Storage).DistinctBy(storage => storage.Key).ToDictionary(storage => storage.Key);
        Dictionary<string, byte[]> storages = new(StringComparer.Ordinal);
        foreach (var key in (pickles.Read() as List<object?>)?.OfType<string>() ?? throw new InvalidDataException("it has no storages"))
        {
            var count = new byte[sizeof(long)];
            buffered.ReadExactly(count);
            var type = types.GetValueOrDefault(key) ?? throw new InvalidDataException($"nothing uses its storage '{key}'");
            if (BinaryPrimitives.ReadInt64LittleEndian(count) != type.Count || type.Bytes > file.Length)
                throw new InvalidDataException($"its storage '{key}' does not have the {type.Count} numbers that it should have");
            buffered.ReadExactly(storages[key] = new byte[type.Bytes]);
        }
        return Tensors(root, storage => storages.GetValueOrDefault(storage.Key)
            ?? throw new InvalidDataException($"its storage '{storage.Key}' is missing"));
    }

    private static Dictionary<string, StoredTensor> Tensors(object? root, Func<StorageReference, byte[]> bytes)
    {
        Dictionary<string, StoredTensor> tensors = new(StringComparer.Ordinal);
        foreach (var storage in Views(root).Where(view => view.Value.Storage.IsFloating).GroupBy(view => view.Value.Storage.Key))
        {
            var reference = storage.First().Value.Storage;
            var values = reference.Floats(bytes(reference));
            foreach (var (name, view) in storage)
                tensors.Add(name, view.Of(values));
        }
        return tensors;
    }

    private static IEnumerable<KeyValuePair<string, TensorView>> Views(object? root) => root is Dictionary<object, object?> entries
        ? entries.Select(entry => entry is { Key: string name, Value: TensorView view }
            ? KeyValuePair.Create(name, view)
            : throw new InvalidDataException($"'{entry.Key}' is no tensor"))
        : throw new InvalidDataException("it is no dictionary of tensors");
}
