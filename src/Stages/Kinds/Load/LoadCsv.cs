using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads comma-separated files with a header row (RFC 4180), plain or compressed by gzip.</summary>
[Stage("load/csv", Version = 3)]
public sealed class LoadCsv : Stage<NoInputs, LoadCsv.Params, LoadCsv.Outputs>
{
    public sealed record Params([Inlined] LoadParams Load, string Encoding = "utf-8")
    {
        public string Encoding { get; init; } = TextEncoding.Checked(Encoding);
    }

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        CsvFormat format = new(Encoding: parameters.Encoding);
        var loading = new Loading(
            (file, name, _) => new(new CsvRows(CsvSource.Of(file, name), format)), parameters.Load.Files, parameters.Load.Selection);
        var (rows, card) = await loading.RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
