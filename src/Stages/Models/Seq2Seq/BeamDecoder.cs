using System.Runtime.InteropServices;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>Writes the likeliest codes of each text: at each step the likeliest prefixes go on. Width 1 is greedy decoding.</summary>
/// <param name="allowed">Only these codes can be written; null: any characters.</param>
internal sealed class BeamDecoder(Seq2Seq model, int start, int end, IReadOnlyList<int> neverWritten, OutputTrie? allowed, int width)
{
    /// <returns>For each packed text up to <c>width</c> codes, likeliest first.</returns>
    public IReadOnlyList<DecodedCode>[] Decode(TokenBatch texts)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var state = model.Encode(texts, model.Gather(texts, training: false).Rows, DropoutMasks.None);
        var projected = model.ProjectedCharacters();
        var beams = Enumerable.Range(0, texts.Layout.Sequences)
            .Select(row => new List<Prefix> { new(null, row, start, 1, OutputTrie.Root) }).ToArray();
        for (var step = 1; step < model.Settings.MaxLength; step++)
        {
            Prefix[] growing = [.. beams.SelectMany(beam => beam).Where(prefix => prefix.Last != end)];
            if (growing.Length == 0)
                break;
            state = Only(state, [.. growing.Select(prefix => prefix.Row)]);
            (var logits, state) = model.Advance(projected, [.. growing.Select(prefix => prefix.Last)], state);
            Extend(beams, MemoryMarshal.Cast<byte, float>(logits.cpu().contiguous().bytes));
        }
        return Array.ConvertAll(beams, beam => (IReadOnlyList<DecodedCode>)[.. beam.Select(prefix => prefix.ToCode(end))]);
    }

    /// <summary>Puts the likeliest continuations in the place of the prefixes that are still growing.</summary>
    /// <param name="scores">Of every character after each of them, in order.</param>
    private void Extend(List<Prefix>[] beams, ReadOnlySpan<float> scores)
    {
        var likelihoods = new double[model.Settings.Characters];
        var row = 0;
        for (var text = 0; text < beams.Length; text++)
        {
            List<Prefix> best = [.. beams[text].Where(prefix => prefix.Last == end)];
            foreach (var prefix in beams[text].Where(prefix => prefix.Last != end))
            {
                Continue(prefix, row, scores.Slice(likelihoods.Length * row, likelihoods.Length), likelihoods, best);
                row++;
            }
            beams[text] = best;
        }
    }

    /// <param name="row">Of the scores, and so of the state from which the continuations go on.</param>
    /// <param name="likelihoods">Room for as many numbers as there are characters.</param>
    private void Continue(Prefix prefix, int row, ReadOnlySpan<float> scores, double[] likelihoods, List<Prefix> best)
    {
        var largest = float.NegativeInfinity;
        for (var character = 0; character < scores.Length; character++)
            if (scores[character] > largest && CanFollow(prefix, character))
                largest = scores[character];
        var sum = 0.0;
        for (var character = 0; character < scores.Length; character++)
            sum += likelihoods[character] = Math.Exp(scores[character] - largest);
        for (var character = 0; character < scores.Length; character++)
        {
            var probability = prefix.Probability * (likelihoods[character] / sum);
            if ((best.Count < width || probability > best[^1].Probability) && CanFollow(prefix, character))
                Insert(best, new(prefix, row, character, probability, allowed?.Next(prefix.Node, character) ?? OutputTrie.Root));
        }
    }

    private bool CanFollow(Prefix prefix, int character) => allowed?.Allows(prefix.Node, character) ?? !neverWritten.Contains(character);

    /// <summary>Keeps the likeliest, in order; among equals the one that came first.</summary>
    private void Insert(List<Prefix> best, Prefix prefix)
    {
        var at = best.Count;
        while (at > 0 && best[at - 1].Probability < prefix.Probability)
            at--;
        best.Insert(at, prefix);
        if (best.Count > width)
            best.RemoveAt(width);
    }

    private static DecoderState Only(DecoderState state, int[] rows) =>
        rows.Length == state.Outputs.shape[0] && rows.Index().All(entry => entry.Index == entry.Item) ? state : state.Select(rows);

    /// <summary>The first characters of a code, linked from the last to the first.</summary>
    /// <param name="Row">Of the state that has read all but the last one.</param>
    /// <param name="Probability">Product of those of its characters.</param>
    /// <param name="Node">Of the allowed codes.</param>
    private sealed record Prefix(Prefix? Before, int Row, int Last, double Probability, int Node)
    {
        public DecodedCode ToCode(int end)
        {
            Stack<int> characters = new();
            for (var prefix = this; prefix.Before is not null; prefix = prefix.Before)
                if (prefix.Last != end)
                    characters.Push(prefix.Last);
            return new([.. characters], Ended: Last == end, Probability);
        }
    }
}
