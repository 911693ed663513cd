using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>Where a decoder is between two characters, one row a sequence; at first, where the encoder ended.</summary>
/// <param name="Outputs">Last outputs of the LSTM (sequences x units).</param>
/// <param name="Cells">Its cell states (sequences x units).</param>
/// <param name="Texts">What it attends to; null: to nothing.</param>
/// <param name="Weights">How much each step of the text mattered to the last character written (sequences x steps).</param>
internal sealed record DecoderState(Tensor Outputs, Tensor Cells, AttendedTexts? Texts, Tensor? Weights = null)
{
    /// <summary>The sequences of these numbers, in this order; what they attended to is forgotten.</summary>
    public DecoderState Select(int[] sequences)
    {
        var index = Indices.Of(sequences, Outputs.device);
        return new(Outputs.index_select(0, index), Cells.index_select(0, index), Texts?.Select(index));
    }

    public DecoderState First(int count) => count == Outputs.shape[0] ? this
        : new(Outputs.narrow(0, 0, count), Cells.narrow(0, 0, count), Texts?.First(count));
}
