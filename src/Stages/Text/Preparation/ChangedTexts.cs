using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>Rows whose <c>text</c> is changed; the first such stage keeps the text as loaded in <c>raw</c>.</summary>
internal sealed class ChangedTexts(Table rows, Func<string, string> change, StageContext context)
{
    private const int ExamplesShown = 5;

    private readonly List<IReadOnlyList<object?>> _examples = [];
    private readonly AccentLoss _accents = new();
    private readonly MergedTexts _merged = new();
    private readonly WordCounts _wordsBefore = new();
    private readonly WordCounts _wordsAfter = new();
    private long _changed;
    private long _emptied;

    /// <exception cref="StageException">The rows are tokenized already.</exception>
    public static void CheckBeforeTokenizing(Table rows)
    {
        if (TextPreprocessor.From(rows.Encoding).HasTokenizer)
            throw new StageException("These rows are tokenized already: a changed text would not reach the model.")
            {
                Help = "Put this stage before tokenize/*.",
            };
    }

    public async Task<Table> WriteAsync(EncodingStep step, CancellationToken cancellation) =>
        await context.Write.TableAsync(rows.Encoding.With(step), BatchesAsync(cancellation), cancellation).ConfigureAwait(false);

    public IEnumerable<CardItem> CardItems()
    {
        yield return new Fact("changed_texts", _changed);
        yield return new Fact("changed_share", (double)_changed / Math.Max(1, rows.Rows), ValueFormat.Percent);
        yield return new Fact("words_before", _wordsBefore.Total);
        yield return new Fact("words_after", _wordsAfter.Total);
        yield return new Fact("distinct_words_before", _wordsBefore.Distinct);
        yield return new Fact("distinct_words_after", _wordsAfter.Distinct);
        foreach (var item in _accents.CardItems())
            yield return item;
        yield return new Grid("changed_examples", [new("before"), new("after")], _examples);
        if (_emptied > 0)
            yield return new Warning("emptied_texts", new Dictionary<string, object> { ["count"] = _emptied });
        if (_merged.Warning() is { } warning)
            yield return warning;
    }

    private async IAsyncEnumerable<RowBatch> BatchesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = 0L;
        await foreach (var batch in rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            yield return Change(batch);
            context.Progress.Report(new(done += batch.Count, rows.Rows, "rows"));
        }
    }

    private RowBatch Change(RowBatch batch)
    {
        var before = batch.Values<string>(Columns.Text);
        var labels = batch.Has(Columns.Label) ? batch.Values<string>(Columns.Label) : null;
        var after = new string[batch.Count];
        for (var row = 0; row < batch.Count; row++)
        {
            after[row] = change(before[row] ?? "");
            Note(before[row] ?? "", after[row], labels?[row]);
        }
        var raw = batch.Has(Columns.Raw) ? batch.Values<string>(Columns.Raw) : new(Columns.Raw, before.Items);
        return batch.With(new Values<string>(Columns.Text, after), raw);
    }

    private void Note(string before, string after, string? label)
    {
        WordTokenizer.Count(before, WordRules.ForCounting, _wordsBefore);
        WordTokenizer.Count(after, WordRules.ForCounting, _wordsAfter);
        _accents.Add(before, after);
        _merged.Add(before, after, label);
        if (before == after)
            return;
        _changed++;
        if (string.IsNullOrWhiteSpace(after) && !string.IsNullOrWhiteSpace(before))
            _emptied++;
        if (_examples.Count < ExamplesShown)
            _examples.Add([before, after]);
    }
}
