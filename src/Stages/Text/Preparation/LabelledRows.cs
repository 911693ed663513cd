using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>The common part of <c>label/classes</c> and <c>label/prefix</c>: class numbers in the column <c>target</c>.</summary>
internal static class LabelledRows
{
    private const int NamesShown = 5;
    private const int ClassesShown = 30;

    public static async Task<(Table Rows, Card Card)> WriteAsync(
        Table rows, string kind, ClassLabels labels, ClassCounts counts, StageContext context, CancellationToken cancellation)
    {
        var known = labels.Names.ToHashSet(StringComparer.Ordinal);
        if (labels.UnknownIndex is null)
            CheckKnown(counts.Unknown(known));
        var encoding = rows.Encoding.With(new(kind, labels.ToSettings()));
        var batches = BatchesAsync(rows, labels, context, cancellation);
        var table = await context.Write.TableAsync(encoding, batches, cancellation).ConfigureAwait(false);
        return (table, await context.Write.CardAsync(CardOf(labels, counts, known), cancellation).ConfigureAwait(false));
    }

    private static void CheckKnown(IReadOnlyList<(string Name, RowPlace First)> unknown)
    {
        if (unknown.Count == 0)
            return;
        var shown = unknown.Take(NamesShown).Select(label => $"'{label.Name}' ({label.First})");
        var more = unknown.Count > NamesShown ? $" and {unknown.Count - NamesShown} more" : "";
        throw new StageException(
            $"{(unknown.Count == 1 ? "1 label is" : $"{unknown.Count} labels are")} not among the classes: " +
                $"{string.Join(", ", shown)}{more}.")
        {
            Help = "write unknown: class to give them a class of their own",
            Parameter = "unknown",
        };
    }

    private static async IAsyncEnumerable<RowBatch> BatchesAsync(
        Table rows, ClassLabels labels, StageContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = 0L;
        await foreach (var batch in rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var names = batch.Values<string>(Columns.Label);
            var targets = new int[batch.Count];
            for (var row = 0; row < batch.Count; row++)
                targets[row] = labels.IndexOf(names[row])!.Value;
            yield return batch.With(new Values<int>(Columns.Target, targets));
            context.Progress.Report(new(done += batch.Count, rows.Rows, "rows"));
        }
    }

    private static CardContent CardOf(ClassLabels labels, ClassCounts counts, HashSet<string> known)
    {
        List<CardItem> items = [new Fact("classes", labels.Names.Count)];
        items.Add(new Grid("labels_by_split",
            [new("split"), new("rows"), new("classes_present"), new("unknown_rows"), new("unknown_rows_share", ValueFormat.Percent)],
            [.. counts.Splits.Select(split => Row(split.Key, split.Value, known))]));
        items.Add(new Grid("first_classes", [new("class", ValueFormat.Code), new("target", ValueFormat.Integer), new("rows")],
            [.. labels.Names.Take(ClassesShown).Select((name, index) =>
                new object?[] { name, index, counts.Fitted.GetValueOrDefault(name) })]));
        var empty = labels.Names.Where((name, index) => index != labels.UnknownIndex && !counts.Fitted.ContainsKey(name)).ToList();
        if (empty.Count > 0)
            items.Add(new Warning("classes_without_rows", new Dictionary<string, object>
            {
                ["count"] = empty.Count,
                ["names"] = string.Join(", ", empty.Take(NamesShown)),
            }));
        return new([.. items]);
    }

    private static object?[] Row(string split, Dictionary<string, long> counts, HashSet<string> known)
    {
        var rows = counts.Values.Sum();
        var unknown = ClassCounts.Unknown(counts, known);
        return [split, rows, counts.Keys.Count(known.Contains), unknown, (double)unknown / Math.Max(1, rows)];
    }
}
