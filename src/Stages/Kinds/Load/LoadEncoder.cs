using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads a pretrained encoder with its tokenizer, from a folder as models are published or from a package.</summary>
[Stage("load/encoder", Version = 1, Uses = Uses.Torch)]
public sealed class LoadEncoder : Stage<NoInputs, LoadEncoder.Params, LoadEncoder.Outputs>
{
    /// <summary>Some networks are filled up to a round number of ids; a vocabulary that is smaller by more is another model's.</summary>
    private const int MaxUnusedIds = 128;

    public sealed record Params(InputFile? Folder = null, EncoderPackage? Package = null, IReadOnlyList<string>? Texts = null)
    {
        public InputFile? Folder { get; init; } = Folder is null == Package is null
            ? throw new StageException(
                Folder is null ? "An encoder comes from a folder or from a package." : "Both a folder and a package are given.")
            {
                Parameter = Folder is null ? "folder" : "package",
                Help = "give one of the two: `folder: path/to/model` or `package: minilm`",
            }
            : Folder;
    }

    public sealed record Outputs(Model Model, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var tokenizer = TokenizerOf(parameters);
        using var encoder = await TorchThread.RunAsync(context.Threads, () => EncoderOf(parameters, context.Device))
            .ConfigureAwait(false);
        CheckVocabulary(tokenizer.Tokenizer, encoder.Config);
        var texts = parameters.Texts ?? EncoderCard.Texts;
        var card = await TorchThread.RunAsync(context.Threads, () => new EncoderCard(encoder, tokenizer.Tokenizer).Content(texts))
            .ConfigureAwait(false);
        var encoding = EncodingChain.Empty.With(tokenizer.Step);
        return new(
            await TorchBundle.WriteAsync(
                context, TransformerEncoder.ArchitectureName, encoding, encoder.Config, encoder.Parameters, cancellation)
                .ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static PublishedTokenizer TokenizerOf(Params parameters)
    {
        if (parameters.Folder is { } folder)
            return PublishedTokenizer.Read(folder.Path);
        using var package = new EncoderPackageFiles();
        return PublishedTokenizer.WordPiece(package.Vocabulary(), lower: true, stripAccents: true, EncoderPackageFiles.AssemblyName);
    }

    private static TransformerEncoder EncoderOf(Params parameters, string deviceName)
    {
        var device = TorchThread.Device(deviceName);
        if (parameters.Folder is { } folder)
            return TransformerEncoder.Load(folder.Path, device);
        using var package = new EncoderPackageFiles();
        return TransformerEncoder.Of(
            EncoderPackageFiles.Config, OnnxWeights.Read(package.Model()), device, EncoderPackageFiles.AssemblyName);
    }

    private static void CheckVocabulary(ITokenizer tokenizer, EncoderConfig config)
    {
        var count = tokenizer.Vocabulary.Count;
        if (count > config.VocabSize || count < config.VocabSize - MaxUnusedIds)
            throw new StageException($"The tokenizer has {count} tokens, and the network has vectors for {config.VocabSize}.")
            {
                Help = "The files of the tokenizer and the weights must be of one model.",
                Parameter = "folder",
            };
        if (tokenizer.PadId != config.PadTokenId)
            throw new StageException($"The tokenizer pads with {tokenizer.PadId}, and the network with {config.PadTokenId}.")
            {
                Help = "The files of the tokenizer and the weights must be of one model.",
                Parameter = "folder",
            };
    }
}
