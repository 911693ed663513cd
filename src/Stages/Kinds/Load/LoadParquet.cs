using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads rows of Parquet files, as pandas, polars, DuckDB and Spark write them.</summary>
[Stage("load/parquet", Version = 1)]
public sealed class LoadParquet : Stage<NoInputs, LoadParquet.Params, LoadParquet.Outputs>
{
    public sealed record Params([Inlined] LoadParams Load);

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var loading = new Loading(
            (file, name, cancelled) => ParquetRecords.OpenAsync(SourceFile.Of(file, name), cancelled),
            parameters.Load.Files, parameters.Load.Selection);
        var (rows, card) = await loading.RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
