using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Vectors;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Kinds.Export;

/// <summary>Writes a folder for TensorBoard: the curves of a training, histograms of its weights, word vectors for the projector.</summary>
[Stage("export/tensorboard", Version = 2)]
public sealed class ExportTensorboard : Stage<ExportTensorboard.Inputs, ExportTensorboard.Params, ExportTensorboard.Outputs>
{
    private const string ArchitectureName = "tensorboard";

    public sealed record Inputs(
        [Reads(HistoryTable.Step, HistoryTable.Measure, HistoryTable.Value)] Table? History, Model? Model,
        [Reads(Columns.Word, Columns.Vector)] Table? Vectors);

    public sealed record Params;

    public sealed record Outputs([NoLabels] Model Files, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        if (inputs is { History: null, Model: null, Vectors: null })
            throw new StageException("There is nothing to export.")
            {
                Help = "Name a training's outputs: `from: { history: model, model: model }`.",
            };
        var scalars = inputs.History is null ? [] : await MeasuredStep.ReadAsync(inputs.History, cancellation).ConfigureAwait(false);
        var weights = inputs.Model is null ? [] : WeightsOf(inputs.Model);
        var vectors = inputs.Vectors is null ? null : await WordVectors.ReadAsync(inputs.Vectors, cancellation).ConfigureAwait(false);
        var files = await context.Write.ModelAsync(ArchitectureName, EncodingChain.Empty, folder =>
        {
            if (vectors is not null)
                ProjectorFiles.Write(folder, vectors);
            if (scalars.Count + weights.Count > 0)
                Write(folder, scalars, weights, cancellation);
            return Task.CompletedTask;
        }, cancellation).ConfigureAwait(false);
        CardContent card = new(
            new Fact("scalars", scalars.Count, ValueFormat.Integer), new Fact("histograms", weights.Count, ValueFormat.Integer),
            new Fact("word_vectors", vectors?.Words.Count ?? 0, ValueFormat.Integer), ExportedFiles.GridOf(files));
        return new(files, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static void Write(
        string folder, IReadOnlyList<MeasuredStep> scalars, List<KeyValuePair<string, StoredTensor>> weights,
        CancellationToken cancellation)
    {
        EventFile file = new(folder);
        foreach (var scalar in scalars)
        {
            cancellation.ThrowIfCancellationRequested();
            file.Scalar(scalar.Tag, scalar.Value, scalar.Step);
        }
        var last = scalars.Select(scalar => scalar.Step).DefaultIfEmpty().Max();
        foreach (var (name, weight) in weights)
        {
            cancellation.ThrowIfCancellationRequested();
            file.Histogram(name.Replace('.', '/'), weight, last);
        }
    }

    private static List<KeyValuePair<string, StoredTensor>> WeightsOf(Model model)
    {
        var path = Path.Combine(model.Directory, Model.WeightsFileName);
        return File.Exists(path)
            ? [.. Safetensors.Read(path).Where(weight => weight.Value.Values.Length > 0)]
            : throw new StageException($"A model of the architecture '{model.Architecture}' has no weights.")
            {
                Help = "Give it a model that was trained.",
            };
    }
}
