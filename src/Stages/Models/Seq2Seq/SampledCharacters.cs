using Pipelines.Stages.Contracts;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>
/// What a decoder reads while it learns: each true character with a probability, otherwise the one that it takes for the likeliest itself
/// (scheduled sampling; Bengio, Vinyals, Jaitly, Shazeer 2015).
/// </summary>
/// <param name="share">Probability of a true character.</param>
internal sealed class SampledCharacters(double share, SeededRandom random)
{
    /// <summary>One character for each code that has a step t; the first is always true.</summary>
    /// <param name="before">Scores (codes x characters) of the step before.</param>
    public int[] At(Seq2SeqBatch batch, int t, Tensor? before)
    {
        var read = batch.Inputs.RowOfPosition[batch.Codes.Offsets[t]..batch.Codes.Offsets[t + 1]];
        if (before is null)
            return read;
        using var likeliest = before.detach().argmax(1).cpu();
        var own = likeliest.data<long>();
        for (var i = 0; i < read.Length; i++)
            if (random.NextDouble() >= share)
                read[i] = (int)own[i];
        return read;
    }
}

/// <summary>Probability with which the decoder reads the true character before, from the first epoch to the last in a straight line.
/// </summary>
public sealed record TeacherForcingSchedule(double Start = 1, double End = 1)
{
    /// <param name="epoch">From 1.</param>
    internal double ShareAt(int epoch, int epochs) => epochs == 1 ? Start : Start + ((End - Start) * (epoch - 1) / (epochs - 1));
}
