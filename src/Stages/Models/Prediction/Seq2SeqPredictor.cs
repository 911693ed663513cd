using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Seq2Seq;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using TorchSharp;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>Spells codes with a stored <see cref="Seq2Seq"/>.</summary>
[Architecture(ArchitectureName)]
internal sealed class Seq2SeqPredictor : Predictor, IExplainable, IHasAttention
{
    public const string ArchitectureName = "seq2seq";

    private const int BatchSize = 512;

    private readonly Seq2SeqDecoder _model;
    private readonly CharacterLabels _codes;

    public Seq2SeqPredictor(Model model, PredictorOptions options)
        : base(model)
    {
        var settings = ModelConfig.Read(model.Directory).SettingsAs<Seq2SeqSettings>();
        _codes = LabelCodec.From(model.Encoding).Characters;
        _model = new(new(settings, seed: 0, TorchThread.Device(options.Device), options.Threads), _codes, options.Constrained);
        TorchBundle.LoadWeights(model, _model.Network.Parameters);
    }

    public override IReadOnlyList<string>? Classes => null;

    public bool ReadsPadding => !_model.Network.Settings.Masking;

    public bool HasSmallSteps => true;

    /// <summary>The first of several candidates may be another code than the only one: a wider beam finds likelier ones.</summary>
    public override IReadOnlyList<Prediction> Predict(
        IReadOnlyList<ModelInput> inputs, int top = 1, CancellationToken cancellation = default) =>
        [.. _model.BeamSearch(Texts(inputs), Math.Max(1, top), BatchSize, cancellation).Select(ToPrediction)];

    public override IReadOnlyList<double[]> LabelProbabilities(
        IReadOnlyList<ModelInput> inputs, IReadOnlyList<string> labels, CancellationToken cancellation = default)
    {
        var texts = Texts(inputs);
        double[][] byLabel = [.. labels.Select(label => _model.Probabilities(texts, label, BatchSize, cancellation))];
        return [.. Enumerable.Range(0, inputs.Count).Select(text => Array.ConvertAll(byLabel, label => label[text]))];
    }

    /// <summary>By row, each true character with the one written in its place, the true ones before each given.</summary>
    public IReadOnlyList<IReadOnlyList<(int True, int Predicted)>> WriteTeacherForced(
        IReadOnlyList<LabelledInput> rows, CancellationToken cancellation) =>
        TeacherForcing.Write(
            _model.Network, Texts([.. rows.Select(row => row.Input)]), Ragged.Of(rows.Select(row => row.Codes)), BatchSize, cancellation);

    /// <summary>The scores are those of all characters of the label, each given the ones before it.</summary>
    public ExplainableBatch Explain(IReadOnlyList<ModelInput> inputs, IReadOnlyList<IReadOnlyList<string>> labels)
    {
        var texts = Texts(inputs);
        var network = _model.Network;
        var batch = new TokenPacker(texts, network.Settings.Vocabulary).Pack([.. Enumerable.Range(0, texts.Count)]);
        var codes = DecodedSequences.Of([.. batch.Order.Select(text => _model.CodeOf(labels[text].Single()))]);
        using var frozen = torch.no_grad();
        var vectors = network.VectorsOf(batch);
        var baseline = network.VectorOf(Encoder.PadId).expand(vectors.shape);
        return new(
            batch.Order, batch.Layout, vectors, baseline, (layout, words) => codes.Scores(network, layout, words),
            codes.TextOfPositions(), codes.StepOfPositions());
    }

    public bool Attends => _model.Network.Settings.Attention != Attention.None;

    /// <summary>Each written character, the end included, looks at the words; all count alike.</summary>
    public IReadOnlyList<TextAttention> Attend(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation)
    {
        var texts = Texts(inputs);
        var packer = new TokenPacker(texts, _model.Network.Settings.Vocabulary);
        var written = _model.GreedySearch(texts, BatchSize, cancellation);
        var result = new TextAttention[texts.Count];
        using var frozen = torch.no_grad();
        foreach (var rows in texts.RowsByLength().Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var batch = packer.Pack(rows);
            foreach (var (row, weights) in batch.Order.Zip(Weights(batch, [.. batch.Order.Select(text => written[text])])))
                result[row] = new(
                    ToPrediction([written[row]]), Characters(written[row]),
                    [new([[.. weights.Select(values => Real(values, inputs[row], texts.Length(row)))]])],
                    [.. weights.Select(_ => 1.0 / weights.Count)]);
        }
        return result;
    }

    /// <summary>For each packed text, the weights of its words by written character.</summary>
    private List<float[]>[] Weights(TokenBatch batch, DecodedCode[] written)
    {
        var network = _model.Network;
        var codes = DecodedSequences.Of(written);
        var encoded = network.Encode(batch, network.Gather(batch, training: false).Rows, DropoutMasks.None);
        var result = Array.ConvertAll(written, _ => new List<float[]>());
        foreach (var weights in network.AttentionWeights(codes, encoded))
            foreach (var (code, values) in ParameterSet.ToArray(weights).Chunk((int)weights.shape[1]).Index())
                result[codes.TextOfCode[code]].Add(values);
        return result;
    }

    /// <summary>Without the padding that a model without masking reads too.</summary>
    private double[] Real(float[] weights, ModelInput input, int length)
    {
        var first = ReadsPadding && Encoder.Padding?.Side == PaddingSide.Pre ? length - input.Ids.Length : 0;
        return Array.ConvertAll(weights[first..(first + input.Ids.Length)], value => (double)value);
    }

    private string[] Characters(DecodedCode code) =>
        [.. (code.Ended ? code.Characters.Append(CharacterLabels.EndId) : code.Characters).Select(id => _codes.Characters[id])];

    private Ragged Texts(IReadOnlyList<ModelInput> inputs) =>
        Ragged.Of(inputs.Select(input => _model.Network.Settings.Masking ? input.Ids : Encoder.Padded(input.Ids)));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _model.Network.Dispose();
        base.Dispose(disposing);
    }

    private Prediction ToPrediction(IReadOnlyList<DecodedCode> codes)
    {
        Candidate[] candidates = [.. codes.Select(code => new Candidate(_codes.Decode(code.Characters), code.Confidence))];
        return new(candidates[0].Label, candidates[0].Confidence, candidates);
    }
}
