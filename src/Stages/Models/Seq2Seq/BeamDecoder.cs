using System.Runtime.InteropServices;
using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>Writes the likeliest codes of each text: at each step the best beginnings go on. Width 1 is greedy decoding.</summary>
/// <param name="allowed">Only these codes can be written; null: any characters.</param>
internal sealed class BeamDecoder(Seq2Seq model, int start, int end, IReadOnlyList<int> neverWritten, OutputTrie? allowed, int width)
{
    /// <returns>For each packed text up to <c>width</c> codes, likeliest first.</returns>
    public IReadOnlyList<DecodedCode>[] Decode(TokenBatch texts)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var state = model.Encode(texts, model.Gather(texts, training: false).Rows, masks: null);
        var projected = model.ProjectedCharacters();
        var kept = Enumerable.Range(0, texts.Layout.Sequences).Select(text => new List<Beginning> { new(text, text, [], 0, OutputTrie.Root) }).ToArray();
        for (var step = 1; step < model.Settings.MaxLength; step++)
        {
            var running = kept.SelectMany(beginnings => beginnings).Where(beginning => !beginning.EndsWith(end)).ToList();
            if (running.Count == 0)
                break;
            state = Only(state, [.. running.Select(beginning => beginning.Row)]);
            var (logits, next) = model.Advance(projected, [.. running.Select(beginning => beginning.LastOr(start))], state);
            Extend(logits, running, kept);
            state = next;
        }
        return Array.ConvertAll(kept, beginnings => (IReadOnlyList<DecodedCode>)[.. beginnings.Select(beginning => beginning.ToCode(end))]);
    }

    /// <summary>Puts in the place of each running beginning the best of its continuations.</summary>
    private void Extend(Tensor logits, List<Beginning> running, List<Beginning>[] kept)
    {
        var size = model.Settings.Characters;
        var scores = MemoryMarshal.Cast<byte, float>(logits.cpu().contiguous().bytes);
        var candidates = Array.ConvertAll(kept, beginnings => beginnings.Where(beginning => beginning.EndsWith(end)).ToList());
        for (var row = 0; row < running.Count; row++)
            AddContinuations(scores.Slice(row * size, size), running[row], row, candidates[running[row].Text]);
        for (var text = 0; text < kept.Length; text++)
            kept[text] = [.. candidates[text].OrderByDescending(candidate => candidate.LogProbability).Take(width)];
    }

    private void AddContinuations(ReadOnlySpan<float> scores, Beginning beginning, int row, List<Beginning> candidates)
    {
        var largest = float.NegativeInfinity;
        foreach (var score in scores)
            largest = Math.Max(largest, score);
        var sum = 0.0;
        foreach (var score in scores)
            sum += Math.Exp(score - largest);
        var logSum = largest + Math.Log(sum);
        for (var character = 0; character < scores.Length; character++)
            if (allowed?.Allows(beginning.Node, character) ?? !neverWritten.Contains(character))
                candidates.Add(beginning.With(row, character, scores[character] - logSum, allowed?.Next(beginning.Node, character) ?? OutputTrie.Root));
    }

    private static LstmResult Only(LstmResult state, int[] rows)
    {
        var index = Indices.Of(rows, state.LastOutputs.device);
        return new(state.LastOutputs.index_select(0, index), state.LastCells.index_select(0, index), null);
    }

    /// <param name="Row">Row of its state.</param>
    private sealed record Beginning(int Text, int Row, int[] Characters, double LogProbability, int Node)
    {
        public bool EndsWith(int end) => Characters.Length > 0 && Characters[^1] == end;

        public int LastOr(int start) => Characters.Length == 0 ? start : Characters[^1];

        public Beginning With(int row, int character, double logProbability, int node) =>
            new(Text, row, [.. Characters, character], LogProbability + logProbability, node);

        public DecodedCode ToCode(int end) => EndsWith(end)
            ? new(Characters[..^1], true, Math.Exp(LogProbability))
            : new(Characters, false, Math.Exp(LogProbability));
    }
}
