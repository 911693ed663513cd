using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models;

/// <summary>The rows of one split as numbers.</summary>
internal sealed class EncodedSplit
{
    public Ragged Texts { get; private set; } = new();

    /// <summary>Ids of the labels' characters, start and end included; empty where the table has none.</summary>
    public Ragged Codes { get; } = new();

    /// <summary>Class numbers; empty where the table has none.</summary>
    public List<int> Targets { get; } = [];

    /// <summary>For each head after the first what it learns: class numbers, or numbers.</summary>
    public List<List<float>> Further { get; } = [];

    /// <summary>What an encoder made of the texts; empty where the table has none.</summary>
    public List<float[]> Vectors { get; } = [];

    /// <summary>The splits of a table.</summary>
    /// <param name="labels">Column of the labels: <c>target</c> or <c>target_ids</c>; null: only texts are read.</param>
    /// <param name="masking">False: padding counts as tokens.</param>
    /// <param name="limit">How many rows of each split are taken, from the first.</param>
    public static async Task<IReadOnlyDictionary<string, EncodedSplit>> ReadAsync(
        Table table, string? labels, bool masking, int? limit, CancellationToken cancellation)
    {
        var encoder = TextPreprocessor.From(table.Encoding);
        if (!masking && encoder.Padding is null)
            throw TextPadding.NotPadded();
        if (!masking && !encoder.IsInVocabulary(encoder.Padding!.Value))
            throw TextPadding.NotReadable(encoder.Padding.Value);
        var splits = new SortedDictionary<string, EncodedSplit>(StringComparer.Ordinal);
        string[] columns =
            [Columns.Split + "?", Columns.Ids, Columns.Length, Columns.Vector + "?", .. labels is null ? [] : new[] { labels }];
        await foreach (var batch in table.ReadAsync(columns, cancellation).ConfigureAwait(false))
            Add(batch, labels, encoder, masking, limit, splits);
        return splits;
    }

    /// <exception cref="StageException">The label of a row has no class, and nothing could be learned from it.</exception>
    public void CheckTargets()
    {
        var row = Targets.FindIndex(target => target < 0);
        if (row >= 0)
            throw new StageException($"The label of training row {row + 1} has no class.")
            {
                Help = "Fit the classes on the training split.",
            };
    }

    /// <summary>Cuts texts off that are longer; what ends every text stays at its end.</summary>
    /// <returns>How many were.</returns>
    public int Cut(int length)
    {
        var cut = 0;
        Ragged texts = new();
        for (var row = 0; row < Texts.Count; row++)
        {
            var text = Texts[row];
            cut += text.Length > length ? 1 : 0;
            texts.Add(text.Length > length ? [.. text[..(length - 1)], text[^1]] : text);
        }
        Texts = texts;
        return cut;
    }

    private static void Add(
        RowBatch batch, string? labels, TextPreprocessor encoder, bool masking, int? limit, SortedDictionary<string, EncodedSplit> splits)
    {
        var splitOf = batch.SplitOf();
        var (ids, lengths) = (batch.Lists<int>(Columns.Ids), batch.Values<int>(Columns.Length));
        var codes = labels == Columns.TargetIds ? batch.Lists<int>(Columns.TargetIds) : null;
        var targets = labels is null || codes is not null ? null : batch.Values<int>(labels);
        var vectors = batch.Has(Columns.Vector) ? batch.Lists<float>(Columns.Vector) : null;
        for (var row = 0; row < batch.Count; row++)
        {
            var name = splitOf(row);
            if (!splits.TryGetValue(name, out var split))
                splits.Add(name, split = new());
            if (split.Texts.Count >= limit)
                continue;
            split.Texts.Add(masking ? encoder.Real(ids[row], lengths[row]) : ids[row]);
            if (codes is not null)
                split.Codes.Add(codes[row]);
            if (targets is not null)
                split.Targets.Add(targets[row]);
            if (vectors is not null)
                split.Vectors.Add(vectors[row].ToArray());
        }
    }
}
