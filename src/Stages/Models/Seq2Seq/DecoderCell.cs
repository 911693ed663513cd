using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>The recurrent part of a decoder: reads characters and gives what the next one is told from. Without attention: an LSTM.
/// </summary>
internal class DecoderCell(Lstm lstm, int threads)
{
    public static DecoderCell Of(Attention attention, ParameterSet parameters, Lstm lstm, int threads) => attention switch
    {
        Attention.None => new(lstm, threads),
        Attention.Bahdanau => new BahdanauCell(parameters, lstm, threads),
        Attention.LuongGeneral => new LuongCell(parameters, lstm, threads, general: true),
        Attention.LuongDot => new LuongCell(parameters, lstm, threads, general: false),
        _ => throw new ArgumentOutOfRangeException(nameof(attention), attention, "There is no such attention."),
    };

    /// <summary>Null: nothing is attended to.</summary>
    public virtual AttentionScore? Score => null;

    /// <summary>One character a sequence.</summary>
    /// <param name="projected">Every character's vector times the LSTM's kernel.</param>
    /// <returns>Sequences x units, and the state after it.</returns>
    public virtual (Tensor Features, DecoderState State) Step(Tensor projected, int[] characters, DecoderState state)
    {
        var next = Run(projected, One(projected, characters), state);
        return (next.LastOutputs, state with { Outputs = next.LastOutputs, Cells = next.LastCells });
    }

    /// <summary>All characters of all codes (positions x units).</summary>
    /// <param name="start">Of each packed code.</param>
    public virtual Tensor Features(Tensor projected, PackedSequence codes, RowIndex characters, DecoderState start) =>
        Run(projected, new(codes, characters, KeepSteps: true, Threads: threads), start).Outputs!;

    /// <summary>Step after step, the codes that have ended left out: what <see cref="Features"/> gives, with the states.</summary>
    public IEnumerable<(Tensor Features, DecoderState State)> Steps(
        Tensor projected, PackedSequence codes, RowIndex characters, DecoderState start)
    {
        var state = start;
        for (var t = 0; t < codes.Steps; t++)
        {
            var read = characters.RowOfPosition[codes.Offsets[t]..codes.Offsets[t + 1]];
            (var features, state) = Step(projected, read, state.First(read.Length));
            yield return (features, state);
        }
    }

    protected LstmResult Run(Tensor projected, RecurrentRun run, DecoderState state) =>
        lstm.Run(projected, run, state.Outputs, state.Cells);

    protected RecurrentRun One(Tensor projected, int[] characters) =>
        new(PackedSequence.Of(Array.ConvertAll(characters, _ => 1)), RowIndex.Of(characters, (int)projected.shape[0]), Threads: threads);
}
