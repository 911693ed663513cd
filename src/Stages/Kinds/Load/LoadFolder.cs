using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads the text files of a folder that has a folder for each class.</summary>
[Stage("load/folder", Version = 1)]
public sealed class LoadFolder : Stage<NoInputs, LoadFolder.Params, LoadFolder.Outputs>
{
    public sealed record Params(
        InputFile? Folder = null, InputFile? Train = null, InputFile? Validation = null, InputFile? Test = null,
        IReadOnlyList<string>? Classes = null, string? Keep = null, string Encoding = "utf-8",
        int? Rows = null, int? Sample = null, int SampleSeed = 0)
    {
        public InputFile? Folder { get; init; } = LoadedFiles.Checked(Folder, Train, Validation, Test, "folder");

        public string Encoding { get; init; } = TextEncoding.Checked(Encoding);

        internal LoadedFiles Files => new(Folder, Train, Validation, Test, Checksum: null, "folder");

        internal LoadedSelection Selection => new(
            FolderRecords.Text, FolderRecords.Class, Keep is null ? [] : [Keep], MissingLabels.Error, "", Rows, Sample, SampleSeed);
    }

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var loading = new Loading(
            (folder, name, _) => new(FolderRecords.Open(SourceFile.Of(folder, name), parameters.Classes, parameters.Encoding)),
            parameters.Files, parameters.Selection);
        var (rows, card) = await loading.RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
