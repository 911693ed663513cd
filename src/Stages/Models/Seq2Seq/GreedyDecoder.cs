using System.Runtime.InteropServices;
using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>Writes codes without knowing the true ones: at each step the likeliest character, until the end or the longest length.</summary>
/// <param name="allowed">Only these codes can be written; null: any characters.</param>
internal sealed class GreedyDecoder(Seq2Seq model, int start, int end, IReadOnlyList<int> neverWritten, OutputTrie? allowed = null)
{
    /// <returns>One code a packed text.</returns>
    public DecodedCode[] Decode(TokenBatch texts)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var state = model.Encode(texts, model.Gather(texts, training: false).Rows, masks: null);
        return Decode(state, texts.Layout.Sequences);
    }

    private DecodedCode[] Decode(LstmResult state, int count)
    {
        var characters = model.ProjectedCharacters();
        var writings = Enumerable.Range(0, count).Select(_ => new Writing(start)).ToArray();
        var running = writings;
        for (var step = 1; step < model.Settings.MaxLength && running.Length > 0; step++)
        {
            var (logits, next) = model.Advance(characters, [.. running.Select(writing => writing.Last)], state);
            Choose(logits, running);
            var going = Enumerable.Range(0, running.Length).Where(i => running[i].Last != end).ToArray();
            state = going.Length == running.Length ? next : Only(next, going);
            running = [.. going.Select(i => running[i])];
        }
        return [.. writings.Select(writing => writing.ToCode(end))];
    }

    private void Choose(Tensor logits, Writing[] running)
    {
        var width = model.Settings.Characters;
        var scores = MemoryMarshal.Cast<byte, float>(logits.cpu().contiguous().bytes);
        for (var i = 0; i < running.Length; i++)
            Choose(scores.Slice(i * width, width), running[i]);
    }

    private void Choose(ReadOnlySpan<float> scores, Writing writing)
    {
        var best = -1;
        for (var c = 0; c < scores.Length; c++)
            if ((best < 0 || scores[c] > scores[best]) && (allowed?.Allows(writing.Node, c) ?? !neverWritten.Contains(c)))
                best = c;
        var sum = 0.0;
        foreach (var score in scores)
            sum += Math.Exp(score - scores[best]);
        writing.Write(best, 1 / sum, allowed?.Next(writing.Node, best) ?? OutputTrie.Root);
    }

    private static LstmResult Only(LstmResult state, int[] rows)
    {
        var index = Indices.Of(rows, state.LastOutputs.device);
        return new(state.LastOutputs.index_select(0, index), state.LastCells.index_select(0, index), null);
    }

    private sealed class Writing(int start)
    {
        private readonly List<int> _characters = [];
        private double _confidence = 1;

        public int Last { get; private set; } = start;

        public int Node { get; private set; } = OutputTrie.Root;

        public void Write(int character, double probability, int node)
        {
            (Last, Node) = (character, node);
            _confidence *= probability;
            _characters.Add(character);
        }

        public DecodedCode ToCode(int end) => Last == end && _characters.Count > 0
            ? new([.. _characters.SkipLast(1)], true, _confidence)
            : new([.. _characters], false, _confidence);
    }
}
