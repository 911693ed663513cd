using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>The places of the rows of each label, labels in order.</summary>
internal static class RowsByLabel
{
    /// <param name="kept">Rows that keep their split are left out.</param>
    public static async Task<SortedDictionary<string, List<int>>> OfAsync(Table table, string?[] kept, CancellationToken cancellation)
    {
        var rows = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        var row = -1;
        await foreach (var batch in table.ReadAsync([Columns.Label], cancellation).ConfigureAwait(false))
            foreach (var label in batch.Values<string>(Columns.Label).Items)
            {
                if (kept[++row] is not null)
                    continue;
                if (!rows.TryGetValue(label ?? "", out var ofLabel))
                    rows[label ?? ""] = ofLabel = [];
                ofLabel.Add(row);
            }
        return rows;
    }
}
