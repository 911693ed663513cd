using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads records from JSON: a list, an object of records, or one record a line.</summary>
[Stage("load/json", Version = 1)]
public sealed class LoadJson : Stage<NoInputs, LoadJson.Params, LoadJson.Outputs>
{
    public sealed record Params([Inlined] LoadParams Load, string? Records = null, string? Key = null, string Encoding = "utf-8")
    {
        public string Encoding { get; init; } = TextEncoding.Checked(Encoding);
    }

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var loading = new Loading(
            (file, name, _) => new(JsonRecords.Open(SourceFile.Of(file, name), parameters.Records, parameters.Key, parameters.Encoding)),
            parameters.Load.Files, parameters.Load.Selection);
        var (rows, card) = await loading.RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
