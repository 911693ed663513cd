using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads text files with any separator, with or without header and quotes, plain or <c>.gz</c>.</summary>
[Stage("load/delimited", Version = 1)]
public sealed class LoadDelimited : Stage<NoInputs, LoadDelimited.Params, LoadDelimited.Outputs>
{
    public sealed record Params(
        string Separator,
        InputFile? File = null, InputFile? Train = null, InputFile? Validation = null, InputFile? Test = null,
        IReadOnlyList<string>? Columns = null, string Text = "text", string? Label = null, IReadOnlyList<string>? Keep = null,
        bool Quoted = true, bool SplitLast = false, string Encoding = "utf-8",
        int? Rows = null, int? Sample = null, int SampleSeed = 0, string? Checksum = null);

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        if (parameters.Separator.Length == 0)
            throw new StageException("the separator is empty") { Parameter = "separator", Help = "e.g. separator: \";\" or \"\\t\"" };
        var format = new DelimitedFormat(
            parameters.Separator, parameters.Quoted, parameters.Columns is null, parameters.Columns ?? [], parameters.SplitLast, parameters.Encoding);
        var files = new LoadedFiles(parameters.File, parameters.Train, parameters.Validation, parameters.Test, parameters.Checksum);
        var selection = new LoadedSelection(
            parameters.Text, parameters.Label, parameters.Keep ?? [], parameters.Rows, parameters.Sample, parameters.SampleSeed);
        var (rows, card) = await new DelimitedLoading(format, files, selection).RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
