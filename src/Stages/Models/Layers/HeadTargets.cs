using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Models.Layers;

/// <summary>What heads after the first learn, beside the rows that the first one learns from.</summary>
/// <param name="rows">Of the first head; the columns with numbers are in them.</param>
/// <param name="labels">The same rows with other labels, one table for each further head with classes, in their order.</param>
/// <param name="limit">How many rows of each split are taken, from the first.</param>
internal sealed class HeadTargets(IReadOnlyList<Head> heads, Table rows, IReadOnlyList<Table> labels, int? limit)
{
    /// <summary>For each head the table it learns from; null: it learns a number.</summary>
    private readonly IReadOnlyList<Table?> _tables = Assign(heads, rows, labels);

    /// <summary>The heads of a network for these rows.</summary>
    public IReadOnlyList<HeadSettings> Settings() => [.. heads.Zip(_tables, (head, table) => table is null
        ? new HeadSettings(head, 1, null)
        : new HeadSettings(head, LabelsOf(table).Names.Count, ClassLabels.StepOf(table.Encoding)))];

    /// <summary>The losses of the heads, by what the first <paramref name="training"/> rows teach.</summary>
    public HeadLosses Losses(EncodedSplit training, ClassWeights weights, double labelSmoothing) =>
        new(heads, [.. _tables.Select((table, i) => table is null ? null : new ClassLoss(
            i == 0 ? training.Targets : [.. training.Further[i - 1].Select(target => (int)target)], LabelsOf(table), weights,
            labelSmoothing))]);

    /// <summary>Adds what each head after the first learns to the rows of its split.</summary>
    public async Task AddToAsync(IReadOnlyDictionary<string, EncodedSplit> splits, CancellationToken cancellation)
    {
        for (var i = 1; i < heads.Count; i++)
        {
            foreach (var split in splits.Values)
                split.Further.Add([]);
            var (table, column) = _tables[i] is { } other ? (other, Columns.Target) : (rows, heads[i].Number!);
            await foreach (var batch in table.ReadAsync([Columns.Split + "?", column], cancellation).ConfigureAwait(false))
                Add(batch, column, splits, i - 1);
        }
    }

    private void Add(RowBatch batch, string column, IReadOnlyDictionary<string, EncodedSplit> splits, int place)
    {
        var splitOf = batch.SplitOf();
        var numbers = NumberColumn.Of(batch, column) ?? throw new StageException($"The column '{column}' holds no numbers.")
        {
            Help = "Name a column of numbers, such as `length`.",
            Parameter = HeadStack.Path,
        };
        for (var row = 0; row < batch.Count; row++)
            if (splits[splitOf(row)].Further[place] is var targets && !(targets.Count >= limit))
                targets.Add((float)numbers(row));
    }

    private static ClassLabels LabelsOf(Table table) => LabelCodec.From(table.Encoding).Classes;

    private static IReadOnlyList<Table?> Assign(IReadOnlyList<Head> heads, Table rows, IReadOnlyList<Table> labels)
    {
        var withClasses = heads.Count(head => head.Number is null);
        if (withClasses - 1 != labels.Count)
            throw new StageException(
                $"{withClasses} heads give classes, and {labels.Count + 1} {(labels.Count == 0 ? "table" : "tables")} with labels came in.")
            {
                Help = "The first head learns the labels of `rows`, each further one those of a table in `labels`: "
                    + "`from: { rows: letters, labels: [codes] }`.",
                Parameter = HeadStack.Path,
            };
        if (labels.FirstOrDefault(table => table.Find(Columns.Ids)?.Hash != rows.Find(Columns.Ids)?.Hash) is not null)
            throw new StageException("The tables of `rows` and `labels` do not hold the same texts in the same order.")
            {
                Help = "Let all label stages read the same stage.",
                Parameter = HeadStack.Path,
            };
        var next = new Queue<Table>([rows, .. labels]);
        return [.. heads.Select(head => head.Number is null ? next.Dequeue() : null)];
    }
}
