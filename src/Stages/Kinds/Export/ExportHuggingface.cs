using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Export;

/// <summary>Writes an encoder as Hugging Face's libraries read it: configuration, weights by their published names, tokenizer.</summary>
[Stage("export/huggingface", Version = 1)]
public sealed class ExportHuggingface : Stage<ExportHuggingface.Inputs, ExportHuggingface.Params, ExportHuggingface.Outputs>
{
    private const string ArchitectureName = "huggingface";

    public sealed record Inputs(Model Model);

    public sealed record Params;

    public sealed record Outputs([NoLabels] Model Model, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (config, hasHead) = ConfigOf(inputs.Model);
        var tokenizer = TextPreprocessor.TokenizerOf(inputs.Model.Encoding) ?? throw new StageException("The model has no tokenizer.");
        var weights = Safetensors.Read(Path.Combine(inputs.Model.Directory, Model.WeightsFileName))
            .Where(weight => TransformerEncoder.IsOwn(weight.Key)).ToList();
        var exported = await context.Write.ModelAsync(ArchitectureName, EncodingChain.Empty.With(tokenizer), folder =>
        {
            PublishedFolder.Write(folder, config, weights);
            PublishedTokenizer.Write(folder, tokenizer, config.ModelType, config.MaxTokens);
            return Task.CompletedTask;
        }, cancellation).ConfigureAwait(false);
        return new(exported, await context.Write.CardAsync(CardOf(exported, config, weights, hasHead), cancellation).ConfigureAwait(false));
    }

    private static (EncoderConfig Config, bool HasHead) ConfigOf(Model model) => model.Architecture switch
    {
        TransformerEncoder.ArchitectureName => (TransformerEncoder.ConfigOf(model), false),
        TransformerClassifier.ArchitectureName => (ModelConfig.Read(model.Directory).SettingsAs<TransformerSettings>().Encoder, true),
        _ => throw new StageException($"A model of the architecture '{model.Architecture}' is none that Hugging Face's libraries know.")
        {
            Help = "Take the model of load/encoder, train/masked-language-model or train/transformer.",
        },
    };

    private static CardContent CardOf(
        Model exported, EncoderConfig config, List<KeyValuePair<string, StoredTensor>> weights, bool hasHead) => new(
    [
        new Fact("model_type", config.ModelType, ValueFormat.Code),
        new Fact("parameters", weights.Sum(weight => (long)weight.Value.Values.Length), ValueFormat.Integer),
        ExportedFiles.GridOf(exported),
        .. hasHead ? [new Warning("head_left_out", new Dictionary<string, object>())] : Array.Empty<CardItem>(),
    ]);
}
