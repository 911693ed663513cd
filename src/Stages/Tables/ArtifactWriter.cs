using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Tables;

/// <summary>Makes artifacts as numbered directories inside one folder; whoever owns the folder moves them where they belong.</summary>
public sealed class ArtifactWriter(string folder) : IArtifactWriter
{
    /// <summary>Says what the directory holds; the artifact's id is the hash of this file.</summary>
    public const string FileName = "artifact.json";

    private int _count;

    public async Task<Table> TableAsync(EncodingChain encoding, IAsyncEnumerable<RowBatch> batches, CancellationToken cancellation)
    {
        var directory = NextDirectory();
        var encodingHash = WriteEncoding(directory, encoding);
        TableWriter? writer = null;
        IReadOnlyList<Column> columns;
        try
        {
            await foreach (var batch in batches.WithCancellation(cancellation).ConfigureAwait(false))
            {
                writer ??= await TableWriter.CreateAsync(Path.Combine(directory, Table.FileName), batch, cancellation)
                    .ConfigureAwait(false);
                await writer.AppendAsync(batch, cancellation).ConfigureAwait(false);
            }
            if (writer is null)
                throw new InvalidOperationException("A table needs at least one batch, even one without rows, to know its columns.");
            columns = await writer.FinishAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (writer is not null)
                await writer.DisposeAsync().ConfigureAwait(false);
        }
        var id = Describe(directory, new()
        {
            ["type"] = "table",
            ["rows"] = writer.Rows,
            ["columns"] = new JsonArray([.. columns.Select(Describe)]),
            ["encoding"] = encodingHash.Hex,
        });
        return new(id, directory, writer.Rows, columns, encodingHash);
    }

    public async Task<Model> ModelAsync(
        string architecture, EncodingChain encoding, Func<string, Task> save, CancellationToken cancellation)
    {
        var directory = NextDirectory();
        WriteEncoding(directory, encoding);
        await save(directory).ConfigureAwait(false);
        return new(Describe(directory, new() { ["type"] = "model", ["architecture"] = architecture, ["files"] = Files(directory) }),
            directory, architecture);
    }

    public Task<Metrics> MetricsAsync(IReadOnlyDictionary<string, double> values, CancellationToken cancellation)
    {
        FiniteNumbers.Check(values);
        var sorted = new SortedDictionary<string, double>(values.ToDictionary(), StringComparer.Ordinal);
        var (id, directory) = WriteOne("metrics", Metrics.FileName, JsonSerializer.SerializeToUtf8Bytes(sorted, Json.Indented));
        return Task.FromResult(new Metrics(id, directory, sorted));
    }

    public Task<Card> CardAsync(CardContent content, CancellationToken cancellation)
    {
        var (id, directory) = WriteOne("card", Card.FileName, JsonSerializer.SerializeToUtf8Bytes(content, Json.Indented));
        return Task.FromResult(new Card(id, directory));
    }

    private (ContentHash Id, string Directory) WriteOne(string type, string fileName, byte[] content)
    {
        var directory = NextDirectory();
        File.WriteAllBytes(Path.Combine(directory, fileName), content);
        return (Describe(directory, new() { ["type"] = type, ["files"] = Files(directory) }), directory);
    }

    private static ContentHash WriteEncoding(string directory, EncodingChain encoding)
    {
        var bytes = encoding.ToBytes();
        File.WriteAllBytes(Path.Combine(directory, EncodingChain.FileName), bytes);
        return ContentHash.Of(bytes);
    }

    private static JsonObject Describe(Column column) =>
        new() { ["name"] = column.Name, ["type"] = column.Type.ToString(), ["hash"] = column.Hash.Hex };

    private static ContentHash Describe(string directory, JsonObject description)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(description, Json.Indented);
        File.WriteAllBytes(Path.Combine(directory, FileName), bytes);
        return ContentHash.Of(bytes);
    }

    private static JsonObject Files(string directory)
    {
        var files = new JsonObject();
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(path);
            files[Path.GetRelativePath(directory, path).Replace('\\', '/')] = ContentHash.Of(file).Hex;
        }
        return files;
    }

    private string NextDirectory() =>
        Directory.CreateDirectory(Path.Combine(folder, Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture))).FullName;
}
