using System.Buffers.Binary;
using Parquet;

namespace Pipelines.Stages.Tables;

/// <summary>
/// Opens Parquet files whose metadata hold together. The package believes every number in them, so that one changed bit has it read for
/// ever, or take all memory; here each is held against the file's length and against what other places say of the same.
/// </summary>
internal static class ParquetMetadata
{
    private const int MarkLength = 4;
    private const int MaxFooterBytes = 1 << 28;

    // Equal values take hardly any bytes, so that there is no ratio for few of them.
    private const long ManyValues = 1 << 24;
    private const int MaxValuesOfByte = 1_000;
    private const long ManyBytes = 1 << 26;
    private const int MaxBytesOfStored = 10_000;

    /// <exception cref="InvalidDataException">It is no Parquet file, or not whole.</exception>
    public static async Task<ParquetReader> OpenAsync(FileStream file, CancellationToken cancellation)
    {
        Check(file);
        file.Position = 0;
        var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellation).ConfigureAwait(false);
        ParquetTypes.Check(reader.Metadata!.Schema);
        ParquetTree.Check(reader.Metadata);
        // The package makes the schema when it is first asked for it, and only then finds what is wrong with it.
        return reader.Schema.Fields.Count > 0 ? reader : throw new InvalidDataException("it has no columns");
    }

    private static void Check(FileStream file)
    {
        if (file.Length < (2 * MarkLength) + sizeof(int))
            throw new InvalidDataException("it is too short");
        Span<byte> end = stackalloc byte[sizeof(int) + MarkLength];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        if (!end[sizeof(int)..].SequenceEqual("PAR1"u8))
            throw new InvalidDataException("it does not end as a Parquet file does");
        var length = BinaryPrimitives.ReadInt32LittleEndian(end);
        var start = file.Length - end.Length - length;
        if (length is <= 0 or > MaxFooterBytes || start < MarkLength)
            throw new InvalidDataException("the length of its footer is wrong");
        var footer = new byte[length];
        file.Position = start;
        file.ReadExactly(footer);
        ParquetPages pages = new(file, start);
        foreach (var chunk in Chunks(footer))
            pages.Check(chunk);
    }

    private static List<ColumnChunk> Chunks(ReadOnlySpan<byte> footer)
    {
        new ThriftReader(footer).Check(ThriftShape.FileMetaData);
        ThriftReader metadata = new(footer);
        var (rows, groups) = (-1L, 0L);
        List<ColumnChunk> chunks = [];
        var (id, seen) = (0, 0L);
        while (metadata.NextField(ref id, out var type))
        {
            seen |= 1L << id;
            if (id == 3)
                rows = metadata.Integer();
            else if (id == 4)
                for (var count = metadata.Count(out _); count > 0; count--)
                    groups += Group(ref metadata, chunks);
            else
                metadata.Skip(type);
        }
        Require(seen, 1, 2, 3, 4);
        return rows == groups ? chunks : throw new InvalidDataException("it says of itself another number of rows than its parts have");
    }

    /// <returns>The number of its rows.</returns>
    private static long Group(ref ThriftReader metadata, List<ColumnChunk> chunks)
    {
        var (rows, first) = (-1L, chunks.Count);
        var (id, seen) = (0, 0L);
        while (metadata.NextField(ref id, out var type))
        {
            seen |= 1L << id;
            if (id == 1)
                for (var count = metadata.Count(out _); count > 0; count--)
                    chunks.Add(Chunk(ref metadata));
            else if (id == 3)
                rows = metadata.Integer();
            else
                metadata.Skip(type);
        }
        Require(seen, 1, 2, 3);
        if (rows is < 0 or > int.MaxValue || chunks.Skip(first).Any(chunk => chunk.Values < rows || !chunk.IsPlausible))
            throw new InvalidDataException("the number of rows of a part is wrong");
        return rows;
    }

    private static ColumnChunk Chunk(ref ThriftReader metadata)
    {
        var chunk = new ColumnChunk(0, 0, 0, 0, 0);
        var (id, seen) = (0, 0L);
        while (metadata.NextField(ref id, out var type))
        {
            seen |= 1L << id;
            if (id == 3)
                chunk = Column(ref metadata);
            else
                metadata.Skip(type);
        }
        Require(seen, 2, 3);
        return chunk;
    }

    private static ColumnChunk Column(ref ThriftReader metadata)
    {
        var chunk = new ColumnChunk(0, 0, 0, 0, 0);
        var (id, seen) = (0, 0L);
        while (metadata.NextField(ref id, out var type))
        {
            seen |= 1L << id;
            if (id is not (5 or 6 or 7 or 9 or 11))
                metadata.Skip(type);
            else
                chunk = metadata.Integer() is var value && id == 5 ? chunk with { Values = value }
                    : id == 6 ? chunk with { Bytes = value }
                    : id == 7 ? chunk with { Stored = value }
                    : id == 9 ? chunk with { Data = value }
                    : chunk with { Dictionary = value };
        }
        Require(seen, 1, 2, 3, 4, 5, 6, 7, 9);
        return chunk;
    }

    // What the format demands; where it is missing, readers fill in something else.
    private static void Require(long seen, params ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
            if ((seen & (1L << id)) == 0)
                throw new InvalidDataException("its metadata lack a part");
    }

    /// <summary>What the footer says of a column in a row group.</summary>
    /// <param name="Bytes">Before compression.</param>
    /// <param name="Stored">Bytes in the file.</param>
    /// <param name="Data">Where its first page of values begins.</param>
    /// <param name="Dictionary">Where its dictionary begins; 0 where there is none.</param>
    internal sealed record ColumnChunk(long Values, long Bytes, long Stored, long Data, long Dictionary)
    {
        public long Start => Dictionary > 0 ? Math.Min(Dictionary, Data) : Data;

        public bool IsPlausible => Values <= int.MaxValue && Bytes is >= 0 and <= int.MaxValue
            && (Values <= ManyValues || Values / MaxValuesOfByte <= Bytes)
            && (Bytes <= ManyBytes || Bytes / MaxBytesOfStored <= Stored);
    }
}
