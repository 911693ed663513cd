using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Clean;

/// <summary>Drops, keeps or renames rows by the value of a column.</summary>
[Stage("clean/rows", Version = 1)]
public sealed class CleanRows : Stage<CleanRows.Inputs, CleanRows.Params, CleanRows.Outputs>
{
    /// <summary>All columns: rows are left out, so none can be carried past this stage.</summary>
    public sealed record Inputs(Table Rows);

    public sealed record Params(
        string Column = "label", IReadOnlyList<string>? Drop = null, IReadOnlyList<string>? Keep = null,
        IReadOnlyDictionary<string, string>? Rename = null)
    {
        public IReadOnlyList<string>? Keep { get; init; } = (Drop, Keep, Rename) switch
        {
            (not null, not null, _) => throw new StageException("drop and keep contradict each other")
            {
                Help = "give the values to drop, or those to keep",
                Parameter = "keep",
            },
            (null, null, null) => throw new StageException("nothing is to be done")
            {
                Help = "give drop, keep or rename",
            },
            _ => Keep,
        };
    }

    public sealed record Outputs(
        [Writes(Columns.Split + "?", Columns.Text + "?", Columns.Raw + "?", Columns.Label + "?", Columns.Ids + "?", Columns.Length + "?",
            Columns.Target + "?", Columns.TargetIds + "?")] Table Rows,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var type = inputs.Rows.Find(parameters.Column)?.Type ?? throw new StageException(
            $"there is no column '{parameters.Column}'")
        {
            Help = $"the columns are {string.Join(", ", inputs.Rows.Columns.Select(column => $"'{column.Name}'"))}",
            Parameter = "column",
        };
        if (parameters.Rename is not null && type != ColumnType.Of<string>())
            throw new StageException($"the column '{parameters.Column}' holds {type}; only texts are renamed") { Parameter = "rename" };
        if (parameters.Rename is not null && inputs.Rows.Encoding.Steps.Count > 0)
            throw new StageException("These rows are encoded already: what is renamed would not be what a model was given.")
            {
                Help = "Put this stage before tokenize/* and label/*.",
                Parameter = "rename",
            };
        var changes = new Changes(parameters);
        var rows = await context.Write.TableAsync(
            inputs.Rows.Encoding, BatchesAsync(inputs.Rows, changes, parameters.Column, cancellation), cancellation).ConfigureAwait(false);
        if (rows.Rows == 0 && inputs.Rows.Rows > 0)
            throw new StageException($"none of the {inputs.Rows.Rows} rows is left")
            {
                Parameter = parameters.Keep is null ? "drop" : "keep",
            };
        var metrics = await context.Write.MetricsAsync(
            new Dictionary<string, double> { ["dropped_rows"] = inputs.Rows.Rows - rows.Rows, ["renamed_rows"] = changes.Renamed },
            cancellation).ConfigureAwait(false);
        return new(rows, metrics, await context.Write.CardAsync(changes.Card(), cancellation).ConfigureAwait(false));
    }

    private static async IAsyncEnumerable<RowBatch> BatchesAsync(
        Table table, Changes changes, string column, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var batch in table.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var values = Enumerable.Range(0, batch.Count).Select(row => CellFormat.Of(batch[column], row)).ToArray();
            var split = batch.SplitOf();
            int[] kept = [.. Enumerable.Range(0, batch.Count).Where(row => changes.Keeps(values[row], split(row)))];
            var rows = new RowBatch(kept.Length, [.. batch.Columns.Select(data => data.Take(kept))]);
            yield return changes.Renames
                ? rows.With(new Values<string>(column, [.. kept.Select(row => changes.NameOf(values[row]))]))
                : rows;
        }
    }

    /// <summary>What becomes of each value, and how often.</summary>
    private sealed class Changes(Params parameters)
    {
        private readonly BySplit<Counts> _counts = new();
        private readonly SortedDictionary<string, long> _values = new(StringComparer.Ordinal);

        public bool Renames => parameters.Rename is not null;

        public long Renamed { get; private set; }

        private IEnumerable<string> Named => [.. parameters.Drop ?? [], .. parameters.Keep ?? [], .. parameters.Rename?.Keys ?? []];

        public bool Keeps(string value, string split)
        {
            _values[value] = _values.GetValueOrDefault(value) + 1;
            var keeps = parameters.Keep?.Contains(value) ?? parameters.Drop?.Contains(value) != true;
            _counts[split].Before++;
            _counts[split].After += keeps ? 1 : 0;
            return keeps;
        }

        public string NameOf(string value)
        {
            if (!parameters.Rename!.TryGetValue(value, out var name))
                return value;
            Renamed++;
            return name;
        }

        public CardContent Card() => new([
            new Grid("rows_before_and_after", [new("split"), new("rows_before"), new("rows_after")],
                [.. _counts.Select(split => new object?[] { split.Key, split.Value.Before, split.Value.After })]),
            new Grid("values_changed", [new("value", ValueFormat.Code), new("rows"), new("becomes", ValueFormat.Code)],
                [.. _values.Where(value => Becomes(value.Key) != value.Key)
                    .Select(value => new object?[] { value.Key, value.Value, Becomes(value.Key) })]),
            .. Named.Where(value => !_values.ContainsKey(value)).Select(value => new Warning(
                "value_not_there", new Dictionary<string, object> { ["value"] = value, ["column"] = parameters.Column })),
        ]);

        // Null: its rows are dropped.
        private string? Becomes(string value) =>
            parameters.Keep?.Contains(value) == false || parameters.Drop?.Contains(value) == true ? null
            : parameters.Rename?.GetValueOrDefault(value) ?? value;
    }

    private sealed class Counts
    {
        public long Before { get; set; }

        public long After { get; set; }
    }
}
