using Pipelines.Stages.Contracts;
using Pipelines.Stages.Hub;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Tables.Csv;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads a data set from the Hugging Face hub: files are fetched once, known by commit and checked by hash.</summary>
[Stage("load/hub", Version = 1)]
public sealed class LoadHub : Stage<NoInputs, LoadHub.Params, LoadHub.Outputs>
{
    private static readonly string[] Json = [".json", ".jsonl", ".ndjson"];

    public sealed record Params(
        string Dataset, [NotInFingerprint] string Revision = "main", string? File = null, string? Train = null, string? Validation = null,
        string? Test = null, [Inlined] SelectionParams? Select = null, string Encoding = "utf-8") : IFromHub
    {
        public SelectionParams Select { get; init; } = Select ?? new();

        public string? File { get; init; } = CheckedFile(File, Train, Validation, Test);

        public string Encoding { get; init; } = TextEncoding.Checked(Encoding);

        public HubRepository Repository { get; } = HubRepository.Of(HubKind.Dataset, Dataset, Revision, "dataset");

        internal IReadOnlyList<string> Names => [.. new[] { File, Train, Validation, Test }.OfType<string>()];

        internal LoadedFiles In(string folder)
        {
            return new(There(File), There(Train), There(Validation), There(Test), Checksum: null);

            InputFile? There(string? name) => name is null ? null : new(Path.Combine(folder, name));
        }

        private static string? CheckedFile(string? file, string? train, string? validation, string? test)
        {
            foreach (var (name, parameter) in new[] { (file, "file"), (train, "train"), (validation, "validation"), (test, "test") })
                if (name is not null && (name.Length == 0 || name[0] == '/' || name.Split('/').Any(part => part is "." or ".." or "")))
                    throw new StageException($"'{name}' is no path inside a repository")
                    {
                        Parameter = parameter,
                        Help = "write it as the hub shows it: data/train.csv",
                    };
            LoadedFiles.Checked(Named(file), Named(train), Named(validation), Named(test));
            return file;
        }

        private static InputFile? Named(string? name) => name is null ? null : new(name);
    }

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        HubSnapshot snapshot = new(parameters.Repository, context.Hub!, context.Progress, context.Log);
        var folder = await snapshot.FolderAsync(HubSelection.Exactly(parameters.Names), cancellation).ConfigureAwait(false);
        var loading = new Loading(
            (file, name, cancelled) => OpenAsync(file, name, parameters.Encoding, cancelled), parameters.In(folder),
            parameters.Select.Selection);
        var (rows, card) = await loading.RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }

    /// <summary>By the end of its name, as the hub's own viewer does.</summary>
    private static async ValueTask<IRecords> OpenAsync(InputFile file, string name, string encoding, CancellationToken cancellation)
    {
        var plain = file.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Path[..^3] : file.Path;
        var ending = Path.GetExtension(plain).ToLowerInvariant();
        if (ending == ".parquet")
            return await ParquetRecords.OpenAsync(SourceFile.Of(file, name), cancellation).ConfigureAwait(false);
        if (Json.Contains(ending))
            return JsonRecords.Open(SourceFile.Of(file, name), null, null, encoding);
        var separator = ending switch
        {
            ".csv" => ",",
            ".tsv" => "\t",
            _ => throw new StageException($"'{Path.GetFileName(file.Path)}' is no file of records")
            {
                Parameter = name,
                Help = "read are .csv, .tsv, .json, .jsonl, .ndjson and .parquet, also with .gz",
            },
        };
        return new CsvRows(CsvSource.Of(file, name), new(separator, Encoding: encoding));
    }
}
