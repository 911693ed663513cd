using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>How often each token of the vocabulary stands in the texts of each split, padding left out.</summary>
/// <param name="Vocabulary">By id.</param>
/// <param name="IsWord">Of each id: neither padding nor the unknown word.</param>
/// <param name="BySplit">Occurrences by id.</param>
internal sealed record TokenCounts(
    IReadOnlyList<string> Vocabulary, IReadOnlyList<bool> IsWord, IReadOnlyDictionary<string, long[]> BySplit)
{
    public IReadOnlySet<string> Words => Vocabulary.Where((_, id) => IsWord[id]).ToHashSet(StringComparer.Ordinal);

    public static async Task<TokenCounts> ReadAsync(Table rows, CancellationToken cancellation)
    {
        var encoder = TextPreprocessor.From(rows.Encoding);
        var tokenizer = encoder.Tokenizer;
        SortedDictionary<string, long[]> bySplit = new(Splits.Order);
        await foreach (var batch in rows.ReadAsync([Columns.Split + "?", Columns.Ids, Columns.Length], cancellation).ConfigureAwait(false))
        {
            var (ids, lengths, split) = (batch.Lists<int>(Columns.Ids), batch.Values<int>(Columns.Length), batch.SplitOf());
            for (var row = 0; row < batch.Count; row++)
            {
                if (!bySplit.TryGetValue(split(row), out var counts))
                    bySplit.Add(split(row), counts = new long[encoder.VocabularySize]);
                foreach (var id in encoder.Real(ids[row], lengths[row]))
                    counts[id]++;
            }
        }
        return new(
            tokenizer.Vocabulary,
            [.. Enumerable.Range(0, encoder.VocabularySize).Select(id => id != tokenizer.PadId && id != tokenizer.UnknownId)], bySplit);
    }
}
