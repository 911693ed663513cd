using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Preparation;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>The texts of one split with the number of the class of each.</summary>
internal sealed class LabelledTexts
{
    public List<string> Texts { get; } = [];

    public List<int> Targets { get; } = [];

    /// <summary>The texts of these splits; rows without splits belong to <c>train</c>, and texts are empty where none are read.</summary>
    /// <exception cref="StageException">There are no rows to train on.</exception>
    public static async Task<BySplit<LabelledTexts>> ReadAsync(
        Table table, IReadOnlyCollection<string> splits, StageContext context, CancellationToken cancellation)
    {
        BySplit<LabelledTexts> read = new();
        SortedSet<string> seen = new(Splits.Order);
        var done = 0L;
        string[] columns = [Columns.Split + "?", Columns.Text + "?", Columns.Target];
        await foreach (var batch in table.ReadAsync(columns, cancellation).ConfigureAwait(false))
        {
            var splitOf = batch.SplitOf();
            for (var row = 0; row < batch.Count; row++)
            {
                var split = splitOf(row) is Splits.None ? Splits.Train : splitOf(row);
                seen.Add(split);
                if (!splits.Contains(split))
                    continue;
                read[split].Texts.Add(batch.Has(Columns.Text) ? batch.Values<string>(Columns.Text)[row] : "");
                read[split].Targets.Add(batch.Values<int>(Columns.Target)[row]);
            }
            context.Progress.Report(new(done += batch.Count, table.Rows, "rows"));
        }
        if (read[Splits.Train].Texts.Count == 0)
            throw new StageException($"There are no rows in the split '{Splits.Train}' to train on.")
            {
                Help = seen.Count == 0 ? "The table is empty." : $"The table has {string.Join(", ", seen)}.",
            };
        return read;
    }
}
