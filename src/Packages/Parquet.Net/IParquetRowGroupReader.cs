using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;

namespace Parquet;

/// <summary>Reads the columns of one row group, in any order.</summary>
public interface IParquetRowGroupReader
{
    RowGroup RowGroup { get; }

    long RowCount { get; }

    bool ColumnExists(DataField field);

    Task<DataColumn> ReadColumnAsync(DataField field, CancellationToken cancellationToken = default);

    ColumnChunk? GetMetadata(DataField field);

    Dictionary<string, string> GetCustomMetadata(DataField field);

    DataColumnStatistics? GetStatistics(DataField field);
}
