using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>What the encoder gave for every step of some texts, as a decoder attends to it.</summary>
/// <param name="Values">The encoder's outputs (texts x steps x units), zeros for padding.</param>
/// <param name="Keys">What states are compared with (texts x steps x size), zeros for padding.</param>
/// <param name="Absences">Added to the scores of the steps (texts x steps).</param>
internal sealed record AttendedTexts(Tensor Values, Tensor Keys, Tensor Absences)
{
    /// <param name="outputs">The encoder's, of every position of the layout.</param>
    public static AttendedTexts Of(Tensor outputs, PackedSequence layout, AttentionScore score)
    {
        var padded = new PaddedTexts(layout.Lengths);
        var positions = padded.PositionsIn(layout);
        var (keys, values) = (score.Keys(outputs), Spread(outputs));
        return new(values, ReferenceEquals(keys, outputs) ? values : Spread(keys), padded.Absences(outputs.device));

        Tensor Spread(Tensor packed) =>
            Rows.GatherOrZero(packed, positions).reshape(layout.Sequences, padded.Steps, packed.shape[1]);
    }

    /// <summary>The texts of these numbers, in this order.</summary>
    public AttendedTexts Select(Tensor texts) => Each(values => values.index_select(0, texts));

    public AttendedTexts First(int count) => Each(values => values.narrow(0, 0, count));

    private AttendedTexts Each(Func<Tensor, Tensor> part)
    {
        var values = part(Values);
        return new(values, ReferenceEquals(Keys, Values) ? values : part(Keys), part(Absences));
    }
}
