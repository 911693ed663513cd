using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Pipelines.Tests.Packages.Parquet;

/// <summary>Writes and reads whole files in memory.</summary>
internal static class InMemoryFile
{
    /// <summary>Writes one row group for each list of columns.</summary>
    public static async Task<byte[]> WriteAsync(
        ParquetSchema schema, IEnumerable<DataColumn[]> groups, CompressionMethod compression = CompressionMethod.None)
    {
        using var stream = new MemoryStream();
        using (var writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            writer.CompressionMethod = compression;
            writer.CompressionLevel = System.IO.Compression.CompressionLevel.Fastest;
            foreach (var columns in groups)
            {
                using var group = writer.CreateRowGroup();
                foreach (var column in columns)
                {
                    await group.WriteColumnAsync(column);
                }

                group.CompleteValidate();
            }
        }

        return stream.ToArray();
    }

    public static Task<byte[]> WriteAsync(ParquetSchema schema, params DataColumn[] columns) => WriteAsync(schema, [columns]);

    /// <summary>Reads all columns of all row groups.</summary>
    public static async Task<List<DataColumn[]>> ReadAsync(byte[] file)
    {
        using var reader = await ParquetReader.CreateAsync(new MemoryStream(file));
        var groups = new List<DataColumn[]>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            groups.Add(await reader.ReadEntireRowGroupAsync(i));
        }

        return groups;
    }

    /// <summary>Writes values as the only column of a file and reads them back.</summary>
    public static async Task<DataColumn> RoundTripAsync<T>(T[] values, CompressionMethod compression = CompressionMethod.None)
    {
        var field = new DataField<T>("value");
        var schema = new ParquetSchema(field);
        var file = await WriteAsync(schema, [[new DataColumn(field, values)]], compression);
        return (await ReadAsync(file)).Single().Single();
    }
}
