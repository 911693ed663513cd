using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>The common part of <c>load/*</c>: files of records to one table, with a card.</summary>
/// <param name="open">Opens a file that a parameter names.</param>
internal sealed class Loading(
    Func<InputFile, string, CancellationToken, ValueTask<IRecords>> open, LoadedFiles files, LoadedSelection selection)
{
    private const int BatchRows = 1 << 14;
    private const int ExamplesShown = 3;

    private readonly DuplicateTexts _duplicates = new();
    private readonly ComposedTexts _texts = new();
    private readonly ComposedTexts _labels = new();
    private readonly SortedDictionary<string, long> _rows = new(Splits.Order);
    private readonly List<IReadOnlyList<object?>> _examples = [];
    private long _withoutLabel;

    public async Task<(Table Rows, Card Card)> RunAsync(StageContext context, CancellationToken cancellation)
    {
        files.Verify();
        var batches = BatchesAsync(context, cancellation);
        var table = await context.Write.TableAsync(EncodingChain.Empty, batches, cancellation).ConfigureAwait(false);
        return (table, await context.Write.CardAsync(CardOf(table), cancellation).ConfigureAwait(false));
    }

    private async IAsyncEnumerable<RowBatch> BatchesAsync(StageContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var columns = new LoadedColumns(files.HaveSplits, selection.Label is not null, selection.Keep);
        var total = 0L;
        foreach (var (split, file, parameter) in files.BySplit)
            await foreach (var row in Select(RowsAsync(split, file, parameter, cancellation)).ConfigureAwait(false))
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
    }

    private IAsyncEnumerable<LoadedRow> Select(IAsyncEnumerable<LoadedRow> rows)
    {
        if (selection.Rows is { } first)
            rows = rows.Take(first);
        return selection.Sample is { } size ? RowSample.Draw(rows, size, selection.SampleSeed) : rows;
    }

    private async IAsyncEnumerable<LoadedRow> RowsAsync(
        string split, InputFile file, string parameter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var rows = await open(file, parameter, cancellation).ConfigureAwait(false);
        var text = rows.IndexOf(selection.Text, "text");
        var label = selection.Label is null ? -1 : rows.IndexOf(selection.Label, "label");
        var kept = selection.Keep.Select((name, i) => rows.IndexOf(name, $"keep.{i}")).ToArray();
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            if ((label < 0 ? "" : LabelOf(rows, label)) is { } labelText)
                yield return new(split, _texts.Of(rows[text]), labelText, [.. kept.Select(column => rows[column])]);
        if (rows.Row == 0)
            throw new StageException($"{Path.GetFileName(file.Path)}: the file holds no rows")
            {
                Help = "expected data below the column names",
                Parameter = parameter,
            };
    }

    // Null: the row is left out.
    private string? LabelOf(IRecords rows, int column)
    {
        var label = _labels.Of(selection.LabelOf(rows, column));
        if (label.Length > 0)
            return label;
        _withoutLabel++;
        return selection.Missing switch
        {
            MissingLabels.Error => throw rows.Wrong(
                "there is no label", "fill it in or remove the row; missing: drop leaves such rows out, missing: label gives them one"),
            MissingLabels.Drop => null,
            MissingLabels.Label => selection.MissingName,
            _ => throw new InvalidOperationException($"There is no {selection.Missing}."),
        };
    }

    private void Note(LoadedRow row)
    {
        _duplicates.Add(row.Split, row.Text);
        _rows[row.Split] = _rows.GetValueOrDefault(row.Split) + 1;
        if (_examples.Count < ExamplesShown)
            _examples.Add(selection.Label is null ? [row.Text] : [row.Text, row.Label]);
    }

    private CardContent CardOf(Table table)
    {
        List<CardItem> items = [new Fact("rows", table.Rows), _texts.ToFact("composed_texts"), _labels.ToFact("composed_labels")];
        items.Add(new Grid("rows_by_split", [new("split"), new("rows"), new("share", ValueFormat.Percent), new("duplicate_texts")],
            [.. _rows.Select(split => new object?[]
            {
                split.Key, split.Value, (double)split.Value / table.Rows, _duplicates.Counts[split.Key],
            })]));
        GridColumn[] shown = selection.Label is null ? [new("text")] : [new("text"), new("label", ValueFormat.Code)];
        items.Add(new Grid("first_rows", shown, _examples));
        if (_withoutLabel > 0)
            items.Add(selection.Missing == MissingLabels.Drop
                ? new Warning("rows_without_label_dropped", new Dictionary<string, object> { ["count"] = _withoutLabel })
                : new Warning("rows_without_label_labelled", new Dictionary<string, object>
                {
                    ["count"] = _withoutLabel,
                    ["label"] = selection.MissingName,
                }));
        items.AddRange(_duplicates.Counts
            .Where(count => count.Key != Splits.Train && files.HaveSplits && count.Value > 0)
            .Select(count => new Warning("texts_also_in_train", new Dictionary<string, object>
            {
                ["split"] = count.Key,
                ["count"] = count.Value,
            })));
        return new([.. items]);
    }
}
