using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>Rows on their way through <c>pad</c>, with counts of what was cut off.</summary>
internal sealed class PaddedRows(Table rows, Padding padding, ITokenizer tokenizer, StageContext context)
{
    private const int ExampleIds = 40;

    /// <summary>How many ids are held at a time.</summary>
    private const int IdsOfPart = 1 << 24;

    private readonly BySplit<Counts> _counts = new();
    private (int[] Before, int[] After)? _example;
    private bool _exampleIsCut;

    public async IAsyncEnumerable<RowBatch> BatchesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = 0L;
        await foreach (var batch in rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            foreach (var part in batch.Parts(Math.Max(1, IdsOfPart / padding.Length)))
                yield return Pad(part);
            context.Progress.Report(new(done += batch.Count, rows.Rows, "rows"));
        }
    }

    public CardContent Card()
    {
        List<CardItem> items =
        [
            new Fact("padded_length", padding.Length),
            new Fact("padding_side", Word(padding.Side), ValueFormat.Code),
            new Fact("truncating_side", Word(padding.Truncating), ValueFormat.Code),
            new Fact("pad_value", padding.Value),
            new Grid("padding_by_split",
                [new("split"), new("texts"), new("truncated_texts"), new("truncated_share", ValueFormat.Percent), new("empty_texts"),
                    new("padding_share", ValueFormat.Percent)],
                [.. _counts.Select(split => Row(split.Key, split.Value))]),
        ];
        if (_example is { } example)
            items.Add(new Grid("padding_example", [new("step"), new("ids", ValueFormat.Code), new("text")],
            [
                ["before", Join(example.Before), tokenizer.Decode(example.Before)],
                ["after", Join(example.After), Decoded(example.After)],
            ]));
        var truncated = _counts.Sum(split => split.Value.Truncated);
        if (truncated > 0)
            items.Add(new Warning("truncated_texts", new Dictionary<string, object>
            {
                ["count"] = truncated,
                ["share"] = (double)truncated / rows.Rows,
                ["length"] = padding.Length,
            }));
        return new([.. items]);
    }

    private RowBatch Pad(RowBatch batch)
    {
        var ids = batch.Lists<int>(Columns.Ids);
        var split = batch.SplitOf();
        var padded = new int[batch.Count * padding.Length];
        var offsets = new int[batch.Count + 1];
        var lengths = new int[batch.Count];
        for (var row = 0; row < batch.Count; row++)
        {
            offsets[row + 1] = offsets[row] + padding.Length;
            var target = padded.AsSpan(offsets[row], padding.Length);
            lengths[row] = padding.Apply(ids[row], target, tokenizer.Specials).Kept;
            _counts[split(row)].Add(lengths[row], ids[row].Length);
            NoteExample(ids[row], target);
        }
        return batch.With(new Lists<int>(Columns.Ids, padded, offsets), new Values<int>(Columns.Length, lengths));
    }

    // The first text that is cut says most; without one, the first that has words.
    private void NoteExample(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        var isCut = before.Length > padding.Length;
        if (before.IsEmpty || _exampleIsCut || (_example is not null && !isCut))
            return;
        _example = (before.ToArray(), after.ToArray());
        _exampleIsCut = isCut;
    }

    private string Decoded(int[] ids) => tokenizer.Decode([.. ids.Where(id => id != padding.Value)]);

    private object?[] Row(string split, Counts counts) =>
    [
        split, counts.Texts, counts.Truncated, (double)counts.Truncated / Math.Max(1, counts.Texts), counts.Empty,
        1 - ((double)counts.Kept / Math.Max(1, counts.Texts * padding.Length)),
    ];

    private static string Join(int[] ids) => string.Join(' ', ids.Take(ExampleIds)) + (ids.Length > ExampleIds ? " …" : "");

    private static string Word(PaddingSide side) => PortName.Dashed(side.ToString());

    private sealed class Counts
    {
        public long Texts { get; private set; }

        public long Truncated { get; private set; }

        public long Empty { get; private set; }

        public long Kept { get; private set; }

        public void Add(int kept, int before)
        {
            Texts++;
            Kept += kept;
            if (kept < before)
                Truncated++;
            if (before == 0)
                Empty++;
        }
    }
}
