using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Shell;

/// <summary>
/// Whether the encoding chain of a command's input still tells the truth about its output: when every output row is, in the columns the
/// chain speaks of, a row of the input. So a command may add columns, drop rows, repeat and reorder them, but not change texts, labels and
/// ids.
/// </summary>
internal static class KeptEncoding
{
    private static readonly ColumnType[] Types = [ColumnType.Of<string>(), ColumnType.Of<int>(), ColumnType.Of<int>(isList: true)];

    private static readonly string[] Encoded = [Columns.Text, Columns.Raw, Columns.Label, Columns.Ids, Columns.Length,
        Columns.Target, Columns.TargetIds];

    public static async Task<EncodingChain> OfAsync(Table input, IImportedTable output, CancellationToken cancellation)
    {
        var chain = input.Encoding;
        var names = Encoded.Where(name => output.Columns.Any(column => column.Name == name)).ToList();
        if (chain.Steps.Count == 0 || !names.All(name => IsSame(input, output, name)))
            return EncodingChain.Empty;
        HashSet<UInt128> known = [];
        await foreach (var batch in input.ReadAsync(names, cancellation).ConfigureAwait(false))
            for (var row = 0; row < batch.Count; row++)
                known.Add(HashOf(batch, row, names));
        await foreach (var batch in output.ReadAsync(cancellation).ConfigureAwait(false))
            for (var row = 0; row < batch.Count; row++)
                if (!known.Contains(HashOf(batch, row, names)))
                    return EncodingChain.Empty;
        return chain;
    }

    private static bool IsSame(Table input, IImportedTable output, string name) =>
        input.Find(name) is { } column && Types.Contains(column.Type)
            && output.Columns.First(found => found.Name == name).Type == column.Type;

    private static UInt128 HashOf(RowBatch batch, int row, List<string> names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in names)
        {
            var bytes = BytesOf(batch[name], row);
            hash.AppendData(BitConverter.GetBytes(bytes?.Length ?? -1));
            hash.AppendData(bytes ?? []);
        }
        return MemoryMarshal.Read<UInt128>(hash.GetHashAndReset());
    }

    private static byte[]? BytesOf(ColumnData column, int row) => column switch
    {
        Values<string> values => values[row] is { } text ? Encoding.UTF8.GetBytes(text) : null,
        Values<int> values => BitConverter.GetBytes(values[row]),
        Lists<int> lists => MemoryMarshal.AsBytes(lists[row]).ToArray(),
        _ => throw new InvalidOperationException($"'{column.Name}' is {column.Type}; no stage encodes to that."),
    };
}
