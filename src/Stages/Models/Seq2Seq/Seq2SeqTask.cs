using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>Learns to write each next character of the code, the true ones before it given as often as the schedule says.</summary>
/// <param name="forcing">Null: they are always given.</param>
internal sealed class Seq2SeqTask(
    Seq2Seq model, TrainingSplits data, double labelSmoothing, int epochs, TeacherForcingSchedule? forcing) : TrainingTask<Seq2SeqBatch>
{
    private double _share = 1;

    public override ParameterSet Parameters => model.Parameters;

    public override string AccuracyName => "token_accuracy";

    public override RowSet<Seq2SeqBatch> Training { get; } = Rows(model, data.Training);

    public override RowSet<Seq2SeqBatch>? Validation { get; } = data.Validation is null ? null : Rows(model, data.Validation);

    public override void StartEpoch(int number) => _share = forcing?.ShareAt(number, epochs) ?? 1;

    public override BatchResult Forward(Seq2SeqBatch batch, DropoutMasks masks)
    {
        var gathered = model.Gather(batch.Texts, masks.Training);
        var encoded = model.Encode(batch.Texts, gathered.Rows, masks);
        var logits = masks.Training && _share < 1 && batch.Codes.Steps > 0
            ? model.Logits(batch, encoded, masks, new SampledCharacters(_share, masks.Stream(RandomStreams.SampledCharacters)))
            : model.Logits(batch, encoded, masks);
        var targets = Indices.Of(batch.Targets, logits.device);
        var loss = nn.functional.cross_entropy(logits, targets, label_smoothing: masks.Training ? labelSmoothing : 0);
        var correct = logits.detach().argmax(1).eq(targets).sum();
        return new(loss, correct, batch.Targets.Length, [gathered]);
    }

    private static RowSet<Seq2SeqBatch> Rows(Seq2Seq model, EncodedSplit split)
    {
        var packer = new Seq2SeqPacker(split.Texts, split.Codes, model.Settings.Vocabulary, model.Settings.Characters);
        return new(split.Texts.Count, split.Texts.Length, rows => packer.Pack(rows));
    }
}
