using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>A table that another program wrote, with columns as this project has them.</summary>
public interface IImportedTable
{
    IReadOnlyList<(string Name, ColumnType Type)> Columns { get; }

    /// <summary>All rows; may be asked for more than once.</summary>
    /// <exception cref="StageException">The file cannot be used.</exception>
    IAsyncEnumerable<RowBatch> ReadAsync(CancellationToken cancellation);
}
