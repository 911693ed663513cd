using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads records from JSON: a list, an object of records, or one record a line.</summary>
[Stage("load/json", Version = 1)]
public sealed class LoadJson : Stage<NoInputs, LoadJson.Params, LoadJson.Outputs>
{
    public sealed record Params(
        InputFile? File = null, InputFile? Train = null, InputFile? Validation = null, InputFile? Test = null,
        string? Records = null, string? Key = null,
        string Text = "text", string? Label = null, IReadOnlyList<string>? Keep = null, MissingLabels Missing = MissingLabels.Error,
        string MissingName = "<none>", string Encoding = "utf-8",
        int? Rows = null, int? Sample = null, int SampleSeed = 0, string? Checksum = null)
    {
        public InputFile? File { get; init; } = LoadedFiles.Checked(File, Train, Validation, Test);

        public IReadOnlyList<string>? Keep { get; init; } = LoadedSelection.CheckedKeep(Keep);

        public string MissingName { get; init; } = LoadedSelection.CheckedName(MissingName);

        public string Encoding { get; init; } = TextEncoding.Checked(Encoding);

        public string? Checksum { get; init; } = LoadedFiles.CheckedSum(Checksum);

        internal LoadedFiles Files => new(File, Train, Validation, Test, Checksum);

        internal LoadedSelection Selection => new(Text, Label, Keep ?? [], Missing, MissingName, Rows, Sample, SampleSeed);
    }

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var loading = new Loading(
            (file, name, _) => new(JsonRecords.Open(SourceFile.Of(file, name), parameters.Records, parameters.Key, parameters.Encoding)),
            parameters.Files, parameters.Selection);
        var (rows, card) = await loading.RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
