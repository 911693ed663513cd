using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>A labelled row of a table, ready for a model.</summary>
/// <param name="Text">As it was loaded.</param>
/// <param name="Codes">Character ids of the label, start and end included; empty where the table has none.</param>
public sealed record LabelledInput(string Split, string Text, string Label, ModelInput Input, int[] Codes);

/// <summary>Reads tables in the form predictors take.</summary>
public static class TableRows
{
    /// <summary>The columns that are read.</summary>
    public const string Split = Columns.Split + "?", Raw = Columns.Raw + "?", Text = Columns.Text, Label = Columns.Label,
        Ids = Columns.Ids + "?", Length = Columns.Length + "?", TargetIds = Columns.TargetIds + "?";

    /// <summary>The rows of a split; all rows of a table that was not split.</summary>
    /// <exception cref="StageException">No row belongs to the split.</exception>
    public static Task<IReadOnlyList<LabelledInput>> ReadSplitAsync(Table table, string split, CancellationToken cancellation) =>
        ReadAsync(table, table.Find(Columns.Split) is null ? null : [split], cancellation);

    /// <summary>The rows of the training split; none where the table has no training rows.</summary>
    public static async Task<IReadOnlyList<LabelledInput>> ReadTrainingAsync(Table table, CancellationToken cancellation)
    {
        if (table.Find(Columns.Split) is null)
            return [];
        var all = await ReadAsync(table, Splits.All, cancellation).ConfigureAwait(false);
        return [.. all.Where(row => row.Split == Splits.Train)];
    }

    /// <param name="splits">Null: all but the training split, unless there is no other.</param>
    /// <exception cref="StageException">No row belongs to these splits.</exception>
    public static async Task<IReadOnlyList<LabelledInput>> ReadAsync(Table table, IReadOnlyList<string>? splits,
        CancellationToken cancellation)
    {
        var encoder = TextPreprocessor.From(table.Encoding);
        var labels = LabelCodec.From(table.Encoding);
        Func<string, string> spelling = labels.HasClasses ? labels.Classes.ClassOf
            : labels.HasCharacters ? labels.Characters.CodeOf : label => label;
        var rows = new List<LabelledInput>();
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var batch in table.ReadAsync([Split, Raw, Text, Label, Ids, Length, TargetIds], cancellation).ConfigureAwait(false))
        {
            var splitOf = batch.SplitOf();
            for (var row = 0; row < batch.Count; row++)
            {
                var split = splitOf(row);
                seen.Add(split);
                if (splits?.Contains(split) ?? split != Splits.Train)
                    rows.Add(RowOf(batch, row, split, encoder, spelling));
            }
        }
        if (rows.Count == 0 && splits is null && seen.Count > 0)
            return await ReadAsync(table, [.. seen], cancellation).ConfigureAwait(false);
        return rows.Count > 0
            ? rows
            : throw new StageException($"No row belongs to {(splits is null ? "any split" : string.Join(" or ", splits))}.")
            {
                Help = $"The table has {(seen.Count == 0 ? "no rows" : string.Join(", ", seen))}.",
                Parameter = "splits",
            };
    }

    private static LabelledInput RowOf(RowBatch batch, int row, string split, TextPreprocessor encoder, Func<string, string> spelling)
    {
        var text = batch.Values<string>(Columns.Text)[row];
        var ids = batch.Has(Columns.Ids)
            ? encoder.Real(batch.Lists<int>(Columns.Ids)[row], batch.Values<int>(Columns.Length)[row]).ToArray()
            : [];
        var codes = batch.Has(Columns.TargetIds) ? batch.Lists<int>(Columns.TargetIds)[row].ToArray() : [];
        var raw = batch.Has(Columns.Raw) ? batch.Values<string>(Columns.Raw)[row] : text;
        return new(split, raw, spelling(batch.Values<string>(Columns.Label)[row]), new(text, ids), codes);
    }
}
