using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>Codes that a model wrote for packed texts, packed themselves, so that their scores can be asked for again.</summary>
/// <param name="Inputs">Character read at each position.</param>
/// <param name="Written">Character written there.</param>
internal sealed record DecodedSequences(int[] TextOfCode, PackedSequence Layout, int[] Inputs, int[] Written)
{
    /// <param name="codes">Of each packed text.</param>
    public static DecodedSequences Of(IReadOnlyList<DecodedCode> codes)
    {
        int[][] characters = [.. codes.Select(code => code.Ended ? [.. code.Characters, CharacterLabels.EndId] : code.Characters)];
        var order = PackedSequence.SortedLongestFirst([.. characters.Select(code => code.Length)]);
        var layout = PackedSequence.Of([.. order.Select(text => characters[text].Length)]);
        var (inputs, written) = (new int[layout.Positions], new int[layout.Positions]);
        for (var t = 0; t < layout.Steps; t++)
            for (var i = 0; i < layout.BatchSizes[t]; i++)
            {
                var code = characters[order[i]];
                inputs[layout.Offsets[t] + i] = t == 0 ? CharacterLabels.StartId : code[t - 1];
                written[layout.Offsets[t] + i] = code[t];
            }
        return new(order, layout, inputs, written);
    }

    /// <summary>How many characters a code writes, the end included.</summary>
    public static int LengthOf(DecodedCode code) => code.Characters.Length + (code.Ended ? 1 : 0);

    /// <summary>The packed text that each position belongs to.</summary>
    public int[] TextOfPositions() => Array.ConvertAll(Layout.SequenceOfPositions(), code => TextOfCode[code]);

    /// <summary>Which character of its code each position is.</summary>
    public int[] StepOfPositions()
    {
        var steps = new int[Layout.Positions];
        for (var t = 0; t < Layout.Steps; t++)
            steps.AsSpan(Layout.Offsets[t], Layout.BatchSizes[t]).Fill(t);
        return steps;
    }

    /// <summary>Score of each written character in each copy of its text; copies stand side by side.</summary>
    /// <param name="vectors">A word vector for every position of the texts.</param>
    public Tensor Scores(Seq2Seq model, PackedSequence texts, Interpolation vectors)
    {
        var copies = vectors.Count;
        int[] order = [.. TextOfCode.SelectMany(text => Enumerable.Range(text * copies, copies))];
        var layout = PackedSequence.Of(Copied(Layout.Lengths, copies));
        var inputs = RowIndex.Of(Copied(Inputs, copies), model.Settings.Characters);
        var logits = model.Logits(order, layout, inputs, model.Encode(texts, vectors), DropoutMasks.None);
        return logits.gather(1, Indices.Of(Copied(Written, copies), logits.device).unsqueeze(1)).squeeze(1);
    }

    /// <summary>Logarithm of the probability of each written character.</summary>
    /// <param name="logits">Scores of every character at each position.</param>
    public Tensor LogLikelihoods(Tensor logits) =>
        logits.log_softmax(1).gather(1, Indices.Of(Written, logits.device).unsqueeze(1)).squeeze(1);

    private static int[] Copied(int[] values, int copies) => [.. values.SelectMany(value => Enumerable.Repeat(value, copies))];
}
