using Parquet.Meta;

namespace Parquet;

/// <summary>The keys and values that a file's author adds to it.</summary>
internal static class FileMetadata
{
    public static Dictionary<string, string> Read(FileMetaData meta)
    {
        var result = new Dictionary<string, string>();
        foreach (var pair in meta.KeyValueMetadata ?? [])
        {
            result[pair.Key] = pair.Value ?? string.Empty;
        }

        return result;
    }

    public static void Write(FileMetaData meta, IReadOnlyDictionary<string, string> values) =>
        meta.KeyValueMetadata = values is { Count: > 0 }
            ? [.. values.Select(pair => new KeyValue { Key = pair.Key, Value = pair.Value })]
            : null;
}
