using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Tables.Csv;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Label;

/// <summary>Tells what labels mean, so that readers see it wherever a label is shown.</summary>
[Stage("label/book", Version = 2)]
public sealed class LabelBook : Stage<LabelBook.Inputs, LabelBook.Params, LabelBook.Outputs>
{
    /// <summary>The book is added to the encoding; of the rows it only looks at the labels.</summary>
    public sealed record Inputs([Reads(Columns.Label, Columns.Text + "?", Columns.Raw + "?", Columns.Split + "?")] Table Rows);

    /// <param name="Letters">Meanings of the first characters of labels.</param>
    /// <param name="Ranges">Chapters and blocks: codes such as <c>A00-A09</c> with what they mean.</param>
    public sealed record Params(
        InputFile Codes, InputFile? Letters = null, InputFile? Ranges = null, string Code = "code", string Meaning = "label");

    public sealed record Outputs([SameRowsAs("rows"), Writes] Table Rows, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var counts = await CountAsync(inputs.Rows, cancellation).ConfigureAwait(false);
        var meanings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (parameters.Letters is { } letters)
            Read(CsvSource.Of(letters, "letters"), parameters, meanings);
        Read(CsvSource.Of(parameters.Codes, "codes"), parameters, meanings);
        // What no label begins with is not carried along.
        var used = counts.Keys.SelectMany(label => Enumerable.Range(1, label.Length).Select(length => label[..length])).ToHashSet();
        var book = new LabelMeanings(new(
            meanings.Where(meaning => used.Contains(meaning.Key)).ToDictionary(), StringComparer.Ordinal));
        var ranges = parameters.Ranges is { } file ? ReadRanges(CsvSource.Of(file, "ranges"), parameters) : null;
        var unknown = counts.Where(label => book.MeaningOf(label.Key) is null).ToList();

        var rows = await context.Write.TableAsync(
            inputs.Rows.Encoding.With(new(LabelMeanings.Kind, book.ToSettings())), inputs.Rows.ReadAsync(cancellation),
            cancellation).ConfigureAwait(false);
        var metrics = new Dictionary<string, double>
        {
            ["distinct_labels"] = counts.Count,
            ["labels_without_meaning"] = unknown.Count,
            ["rows_without_meaning"] = unknown.Sum(label => label.Value),
        };
        if (ranges is not null)
            metrics["labels_outside_ranges"] = counts.Keys.Count(label => ranges.Of(label).Count == 0);
        var card = new LabelBookCard(counts, book, ranges).Content(meanings.Count, unknown);
        return new(
            rows, await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static async Task<SortedDictionary<string, long>> CountAsync(Table table, CancellationToken cancellation)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await foreach (var batch in table.ReadAsync([Columns.Label], cancellation).ConfigureAwait(false))
            foreach (var label in batch.Values<string>(Columns.Label).Items)
                counts[label ?? ""] = counts.GetValueOrDefault(label ?? "") + 1;
        return counts;
    }

    private static void Read(CsvSource source, Params parameters, SortedDictionary<string, string> meanings)
    {
        using CsvRows rows = new(source, new());
        var (code, meaning) = (rows.IndexOf(parameters.Code, "code"), rows.IndexOf(parameters.Meaning, "meaning"));
        while (rows.Read())
        {
            var label = rows[code].Trim();
            if (label.Length == 0)
                throw rows.Wrong("there is no code", "a row of a book has a code and what it means");
            if (meanings.TryGetValue(label, out var other) && other != rows[meaning])
                throw rows.Wrong($"'{label}' has two meanings, '{other}' and '{rows[meaning]}'", "keep one of them");
            meanings[label] = rows[meaning];
        }
    }

    private static CodeRanges ReadRanges(CsvSource source, Params parameters)
    {
        using CsvRows rows = new(source, new());
        var (code, meaning) = (rows.IndexOf(parameters.Code, "code"), rows.IndexOf(parameters.Meaning, "meaning"));
        List<CodeRange> ranges = [];
        while (rows.Read())
            ranges.Add(CodeRange.Of(rows[code].Trim(), rows[meaning], rows.Place, Wrong));
        return CodeRanges.Of(ranges, Wrong);

        StageException Wrong(string place, string what) =>
            source.Wrong(place, what, "a range has a first and a last code of one length, and lies in another one or beside it");
    }
}
