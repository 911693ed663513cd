using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads text files with any separator, with or without header and quotes, plain or compressed by gzip.</summary>
[Stage("load/delimited", Version = 4)]
public sealed class LoadDelimited : Stage<NoInputs, LoadDelimited.Params, LoadDelimited.Outputs>
{
    public sealed record Params(
        string Separator, [Inlined] LoadParams Load, IReadOnlyList<string>? Columns = null, bool Quoted = true, string Quote = "\"",
        bool SplitFirst = false, bool SplitLast = false, string LabelPrefix = "", string Encoding = "utf-8")
    {
        public string Quote { get; init; } = CsvFormat.CheckedQuote(Quote);

        public string Separator { get; init; } = CsvFormat.CheckedSeparator(Separator, Quoted ? Quote[0] : null);

        public bool SplitLast { get; init; } = CsvFormat.SeparatesOf(SplitFirst, SplitLast) == Separators.Last;

        public IReadOnlyList<string>? Columns { get; init; } = CsvFormat.CheckedNames(Columns, "columns");

        public string Encoding { get; init; } = TextEncoding.Checked(Encoding);

        internal CsvFormat Format =>
            new(Separator, Quoted ? Quote[0] : null, Columns, CsvFormat.SeparatesOf(SplitFirst, SplitLast), Encoding);

        internal LoadedSelection Selection => Load.Selection with { LabelPrefix = LabelPrefix };
    }

    public sealed record Outputs([Writes(Columns.Split + "?", Columns.Text, Columns.Label + "?")] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var loading = new Loading(
            (file, name, _) => new(new CsvRows(CsvSource.Of(file, name), parameters.Format)), parameters.Load.Files, parameters.Selection);
        var (rows, card) = await loading.RunAsync(context, cancellation).ConfigureAwait(false);
        return new(rows, card);
    }
}
