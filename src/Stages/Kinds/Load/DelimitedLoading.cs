using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables.Csv;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>The common part of <c>load/csv</c> and <c>load/delimited</c>: files to one table, with a card.</summary>
internal sealed class DelimitedLoading(DelimitedFormat format, LoadedFiles files, LoadedSelection selection)
{
    private const int BatchRows = 1 << 14;
    private const int ExamplesShown = 3;

    private readonly DuplicateTexts _duplicates = new();
    private readonly SortedDictionary<string, long> _rows = new(Splits.Order);
    private readonly List<IReadOnlyList<object?>> _examples = [];

    public async Task<(Table Rows, Card Card)> RunAsync(StageContext context, CancellationToken cancellation)
    {
        files.Check();
        var table = await context.Write.TableAsync(EncodingChain.Empty, BatchesAsync(context, cancellation), cancellation).ConfigureAwait(false);
        return (table, await context.Write.CardAsync(CardOf(table), cancellation).ConfigureAwait(false));
    }

    private async IAsyncEnumerable<RowBatch> BatchesAsync(StageContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var columns = new LoadedColumns(files.HaveSplits, selection.Label is not null, selection.Keep);
        var total = 0L;
        foreach (var (split, file) in files.BySplit)
            foreach (var row in Select(Rows(split, file)))
            {
                columns.Add(row);
                Note(row);
                if (columns.Count < BatchRows)
                    continue;
                total += columns.Count;
                context.Progress.Report(new(total, null, "rows"));
                yield return columns.Take();
                cancellation.ThrowIfCancellationRequested();
            }
        yield return columns.Take();
        await Task.CompletedTask.ConfigureAwait(false);
    }

    private IEnumerable<LoadedRow> Select(IEnumerable<LoadedRow> rows)
    {
        if (selection.Rows is { } first)
            rows = rows.Take(first);
        return selection.Sample is { } size ? RowSample.Draw(rows, size, selection.SampleSeed) : rows;
    }

    private IEnumerable<LoadedRow> Rows(string split, InputFile file)
    {
        using var reader = new DelimitedReader(file, format);
        var text = reader.IndexOf(selection.Text, "text");
        var label = selection.Label is null ? -1 : reader.IndexOf(selection.Label, "label");
        var kept = selection.Keep.Select((name, i) => reader.IndexOf(name, $"keep.{i}")).ToArray();
        while (reader.Read())
        {
            var labelText = label < 0 ? "" : reader[label].Trim();
            if (label >= 0 && labelText.Length == 0)
                throw new StageException($"{Path.GetFileName(file.Path)}: row {reader.Row} (line {reader.Line}) has no label")
                {
                    Help = "every row needs a label; remove the row or fill it in",
                };
            yield return new(split, reader[text], labelText, [.. kept.Select(column => reader[column])]);
        }
        if (reader.Row == 0)
            throw new StageException($"{Path.GetFileName(file.Path)} holds no rows") { Parameter = Parameter(split), Help = "expected data below the column names" };
    }

    private string Parameter(string split) => files.HaveSplits ? split : "file";

    private void Note(LoadedRow row)
    {
        _duplicates.Add(row.Split, row.Text);
        _rows[row.Split] = _rows.GetValueOrDefault(row.Split) + 1;
        if (_examples.Count < ExamplesShown)
            _examples.Add(selection.Label is null ? [row.Text] : [row.Text, row.Label]);
    }

    private CardContent CardOf(Table table)
    {
        List<CardItem> items = [new Fact("rows", table.Rows)];
        items.Add(new Grid("rows_by_split", [new("split"), new("rows"), new("share", ValueFormat.Percent), new("duplicate_texts")],
            [.. _rows.Select(split => new object?[] { split.Key, split.Value, (double)split.Value / table.Rows, _duplicates.Counts[split.Key] })]));
        items.Add(new Grid("first_rows", selection.Label is null ? [new("text")] : [new("text"), new("label", ValueFormat.Code)], _examples));
        items.AddRange(_duplicates.Counts
            .Where(count => count.Key != Splits.Train && files.HaveSplits && count.Value > 0)
            .Select(count => new Warning("texts_also_in_train", new Dictionary<string, object> { ["split"] = count.Key, ["count"] = count.Value })));
        return new([.. items]);
    }
}

/// <param name="Rows">Only the first rows of every file.</param>
/// <param name="Sample">Only so many rows of every file, drawn at random.</param>
internal sealed record LoadedSelection(string Text, string? Label, IReadOnlyList<string> Keep, int? Rows, int? Sample, int SampleSeed);
