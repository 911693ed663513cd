using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads comma-separated files with a header row (RFC 4180), plain or <c>.gz</c>.</summary>
[Stage("load/csv", Version = 1)]
public sealed class LoadCsv : Stage<NoInputs, LoadCsv.Params, LoadCsv.Outputs>
{
    public sealed record Params(
        InputFile? File = null, InputFile? Train = null, InputFile? Validation = null, InputFile? Test = null,
        string Text = "text", string? Label = null, IReadOnlyList<string>? Keep = null, string Encoding = "utf-8",
        int? Rows = null, int? Sample = null, int SampleSeed = 0, string? Checksum = null);

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var format = new DelimitedFormat(",", Quoted: true, Header: true, [], SplitLast: false, parameters.Encoding);
        var files = new LoadedFiles(parameters.File, parameters.Train, parameters.Validation, parameters.Test, parameters.Checksum);
        var selection = new LoadedSelection(
            parameters.Text, parameters.Label, parameters.Keep ?? [], parameters.Rows, parameters.Sample, parameters.SampleSeed);
        var (rows, card) = await new DelimitedLoading(format, files, selection).RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
