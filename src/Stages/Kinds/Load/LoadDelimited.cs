using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads text files with any separator, with or without header and quotes, plain or compressed by gzip.</summary>
[Stage("load/delimited", Version = 4)]
public sealed class LoadDelimited : Stage<NoInputs, LoadDelimited.Params, LoadDelimited.Outputs>
{
    public sealed record Params(
        string Separator,
        InputFile? File = null, InputFile? Train = null, InputFile? Validation = null, InputFile? Test = null,
        IReadOnlyList<string>? Columns = null, string Text = "text", string? Label = null, IReadOnlyList<string>? Keep = null,
        MissingLabels Missing = MissingLabels.Error, string MissingName = "<none>",
        bool Quoted = true, string Quote = "\"", bool SplitFirst = false, bool SplitLast = false, string LabelPrefix = "",
        string Encoding = "utf-8", int? Rows = null, int? Sample = null, int SampleSeed = 0, string? Checksum = null)
    {
        public InputFile? File { get; init; } = LoadedFiles.Checked(File, Train, Validation, Test);

        public string Quote { get; init; } = CsvFormat.CheckedQuote(Quote);

        public string Separator { get; init; } = CsvFormat.CheckedSeparator(Separator, Quoted ? Quote[0] : null);

        public bool SplitLast { get; init; } = CsvFormat.SeparatesOf(SplitFirst, SplitLast) == Separators.Last;

        public IReadOnlyList<string>? Columns { get; init; } = CsvFormat.CheckedNames(Columns, "columns");

        public IReadOnlyList<string>? Keep { get; init; } = LoadedSelection.CheckedKeep(Keep);

        public string MissingName { get; init; } = LoadedSelection.CheckedName(MissingName);

        public string Encoding { get; init; } = TextEncoding.Checked(Encoding);

        public string? Checksum { get; init; } = LoadedFiles.CheckedSum(Checksum);

        internal CsvFormat Format =>
            new(Separator, Quoted ? Quote[0] : null, Columns, CsvFormat.SeparatesOf(SplitFirst, SplitLast), Encoding);

        internal LoadedFiles Files => new(File, Train, Validation, Test, Checksum);

        internal LoadedSelection Selection => new(Text, Label, Keep ?? [], Missing, MissingName, Rows, Sample, SampleSeed, LabelPrefix);
    }

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var loading = new Loading(
            (file, name, _) => new(new CsvRows(CsvSource.Of(file, name), parameters.Format)), parameters.Files, parameters.Selection);
        var (rows, card) = await loading.RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
