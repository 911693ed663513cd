using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>Adds the columns <c>ids</c> and <c>length</c> to rows and counts what a reader wants to know about it.</summary>
/// <param name="encode">Appends the ids of a text.</param>
/// <param name="prepared">The text as the tokenizer sees it, where it changes texts before it cuts them.</param>
/// <param name="truncation">Where longer texts are cut off; null: nowhere.</param>
internal sealed class TokenizedRows(
    Table rows, ITokenizer tokenizer, Action<string, List<int>> encode, StageContext context, Func<string, string>? prepared = null,
    Truncation? truncation = null)
{
    private const int ExampleTokens = 20;

    private readonly BySplit<Counts> _counts = new();
    private readonly AccentLoss _accents = new();
    private string? _example;
    private int _truncated;

    /// <exception cref="StageException">The rows are tokenized already.</exception>
    public static void CheckNotTokenized(Table rows)
    {
        if (TextPreprocessor.From(rows.Encoding).HasTokenizer)
            throw new StageException("These rows are tokenized already.")
            {
                Help = "Take the rows from a stage before the other tokenizer.",
            };
    }

    public async Task<Table> WriteAsync(EncodingStep step, CancellationToken cancellation) =>
        await context.Write.TableAsync(
            truncation is null ? rows.Encoding.With(step) : rows.Encoding.With(step).With(new(Truncation.Kind, truncation.ToSettings())),
            BatchesAsync(cancellation), cancellation).ConfigureAwait(false);

    public IEnumerable<CardItem> CardItems()
    {
        yield return new Fact("vocabulary_size", tokenizer.Vocabulary.Count);
        if (truncation is not null)
            yield return new Fact("max_tokens", truncation.Length);
        if (_truncated > 0)
            yield return new Warning("truncated_texts", new Dictionary<string, object>
            {
                ["count"] = _truncated,
                ["share"] = (double)_truncated / rows.Rows,
                ["length"] = truncation!.Length,
            });
        yield return new Grid("tokens_by_split",
            [
                new("split"), new("texts"), new("tokens"), new("tokens_per_text"), new("unknown_share", ValueFormat.Percent),
                new("empty_texts"),
            ],
            [.. _counts.Select(split => Row(split.Key, split.Value))]);
        if (_example is not null)
        {
            yield return new Grid("tokenized_example", [new("token", ValueFormat.Code), new("id", ValueFormat.Integer)],
                [.. tokenizer.Tokens(_example).Take(ExampleTokens).Select(token => new object?[] { token.Text, token.Id })]);
            yield return new Grid("decoded_example", [new("text"), new("decoded")], [[_example, Decoded(_example)]]);
        }
        foreach (var item in _accents.CardItems())
            yield return item;
    }

    private string Decoded(string text)
    {
        List<int> ids = [];
        encode(text, ids);
        return tokenizer.Decode(CollectionsMarshal.AsSpan(ids));
    }

    private static object?[] Row(string split, Counts counts) =>
    [
        split, counts.Texts, counts.Tokens, (double)counts.Tokens / Math.Max(1, counts.Texts),
        (double)counts.Unknown / Math.Max(1, counts.Tokens), counts.Empty,
    ];

    private async IAsyncEnumerable<RowBatch> BatchesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = 0L;
        await foreach (var batch in rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            yield return Encode(batch);
            context.Progress.Report(new(done += batch.Count, rows.Rows, "rows"));
        }
    }

    private RowBatch Encode(RowBatch batch)
    {
        var texts = batch.Values<string>(Columns.Text);
        var originals = batch.Has(Columns.Raw) ? batch.Values<string>(Columns.Raw) : texts;
        var split = batch.SplitOf();
        var ids = new IdColumn(Columns.Ids, batch.Count);
        var lengths = new int[batch.Count];
        for (var row = 0; row < batch.Count; row++)
        {
            var text = texts[row] ?? "";
            Append(text, ids.Ids);
            lengths[row] = ids.EndRow();
            _counts[split(row)].Add(CollectionsMarshal.AsSpan(ids.Ids)[^lengths[row]..], tokenizer);
            _accents.Add(originals[row] ?? "", prepared?.Invoke(text) ?? text);
            _example ??= lengths[row] > 0 ? text : null;
        }
        return batch.With(ids.ToColumn(), new Values<int>(Columns.Length, lengths));
    }

    private void Append(string text, List<int> ids)
    {
        var start = ids.Count;
        encode(text, ids);
        if (truncation?.Cut(ids.Count - start, tokenizer.Specials) is not { Length: > 0 } cut)
            return;
        ids.RemoveRange(start + cut.Start, cut.Length);
        _truncated++;
    }

    private sealed class Counts
    {
        public long Texts { get; private set; }

        public long Tokens { get; private set; }

        public long Unknown { get; private set; }

        public long Empty { get; private set; }

        public void Add(ReadOnlySpan<int> ids, ITokenizer tokenizer)
        {
            Texts++;
            Tokens += ids.Length;
            Unknown += ids.Count(tokenizer.UnknownId);
            if (ids.Length <= tokenizer.Specials.Before + tokenizer.Specials.After)
                Empty++;
        }
    }
}
