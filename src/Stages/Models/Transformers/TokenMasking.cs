using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>Texts of which some tokens are to be guessed.</summary>
/// <param name="Places">Of what is asked for, in the padded batch: text · steps + step.</param>
/// <param name="Answers">The ids that stood there.</param>
internal sealed record MaskedTexts(PaddedBatch Texts, int[] Places, int[] Answers);

/// <summary>
/// Chooses the tokens to be guessed, as BERT does (Devlin et al. 2018, 3.1): of those chosen, four in five become <c>[MASK]</c>, one in ten
/// any token, and one in ten stays, so that what is read when nothing is masked looks familiar.
/// </summary>
/// <param name="share">Of a text's tokens that is chosen; at least one.</param>
internal sealed class TokenMasking(WordPieceTokenizer tokenizer, double share)
{
    private const double Masked = 0.8, Replaced = 0.9;

    private readonly int _count = tokenizer.Vocabulary.Count;
    private readonly HashSet<int> _specials = tokenizer.SpecialIds;

    public MaskedTexts Of(IReadOnlyList<int[]> texts, Func<int, SeededRandom> randomOf)
    {
        var steps = texts.Select(text => text.Length).Append(1).Max();
        Ragged masked = new();
        List<int> places = [], answers = [];
        for (var row = 0; row < texts.Count; row++)
        {
            int[] ids = [.. texts[row]];
            var random = randomOf(row);
            foreach (var step in Chosen(ids, random))
            {
                places.Add((row * steps) + step);
                answers.Add(ids[step]);
                ids[step] = Hidden(ids[step], random);
            }
            masked.Add(ids);
        }
        int[] rows = [.. Enumerable.Range(0, texts.Count)];
        return new(PaddedBatch.Of(masked, rows, tokenizer.PadId), [.. places], [.. answers]);
    }

    private int[] Chosen(int[] ids, SeededRandom random)
    {
        int[] candidates = [.. Enumerable.Range(0, ids.Length).Where(step => !_specials.Contains(ids[step]))];
        if (candidates.Length == 0)
            return [];
        random.Shuffle<int>(candidates);
        var count = Math.Max(1, (int)Math.Round(share * candidates.Length));
        return [.. candidates.Take(count).Order()];
    }

    private int Hidden(int id, SeededRandom random)
    {
        var draw = random.NextDouble();
        if (draw < Masked)
            return tokenizer.MaskId;
        if (draw >= Replaced)
            return id;
        int other;
        do
            other = random.NextBelow(_count);
        while (_specials.Contains(other));
        return other;
    }
}
