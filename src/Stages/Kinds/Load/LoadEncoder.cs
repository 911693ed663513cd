using Pipelines.Stages.Contracts;
using Pipelines.Stages.Hub;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Loads a pretrained encoder with its tokenizer, from a folder as models are published, from the hub or from a package.</summary>
[Stage("load/encoder", Version = 1, Uses = Uses.Torch)]
public sealed class LoadEncoder : Stage<NoInputs, LoadEncoder.Params, LoadEncoder.Outputs>
{
    /// <summary>Some networks are filled up to a round number of ids; a vocabulary that is smaller by more is another model's.</summary>
    private const int MaxUnusedIds = 128;

    /// <summary>The files that make a model; its head and other formats stay where they are.</summary>
    private static readonly HubSelection ModelFiles = new(
        names => PublishedFolder.FilesAmong(names) is { } model && PublishedTokenizer.FilesAmong(names) is { } tokenizer
            ? [.. model, .. tokenizer]
            : null,
        PublishedTokenizer.HasSettings,
        $"{EncoderConfig.FileName}, weights ({PublishedFolder.SafetensorsName} or {PublishedFolder.PickleName}) "
        + $"and a tokenizer ({PublishedTokenizer.FileNames})");

    public sealed record Params(
        InputFile? Folder = null, EncoderPackage? Package = null, IReadOnlyList<string>? Texts = null, string? Hub = null,
        [NotInFingerprint] string Revision = "main") : IFromHub
    {
        public InputFile? Folder { get; init; } = CheckedFolder(Folder, Package, Hub);

        public HubRepository? Repository { get; } = Hub is null ? null : HubRepository.Of(HubKind.Model, Hub, Revision, "hub");

        private static InputFile? CheckedFolder(InputFile? folder, EncoderPackage? package, string? hub)
        {
            string[] given = [.. new[] { (folder is not null, "folder"), (hub is not null, "hub"), (package is not null, "package") }
                .Where(source => source.Item1).Select(source => source.Item2)];
            return given.Length == 1 ? folder : throw new StageException(given.Length == 0
                ? "An encoder comes from a folder, from the hub or from a package."
                : $"Several places are given for one encoder: {string.Join(", ", given)}.")
            {
                Parameter = given.Length == 0 ? "folder" : given[^1],
                Help = "give one: `folder: path/to/model`, `hub: almanach/camembert-base` or `package: minilm`",
            };
        }
    }

    public sealed record Outputs([NoLabels] Model Model, Card Card);

    protected override async Task<Outputs> RunAsync(
        NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var folder = parameters.Repository is { } repository
            ? await new HubSnapshot(repository, context.Hub!, context.Progress, context.Log).FolderAsync(ModelFiles, cancellation)
                .ConfigureAwait(false)
            : parameters.Folder?.Path;
        var tokenizer = TokenizerOf(folder);
        using var encoder = await TorchThread.RunAsync(context.Threads, () => EncoderOf(folder, context.Device)).ConfigureAwait(false);
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

    /// <param name="folder">Null: the package.</param>
    private static PublishedTokenizer TokenizerOf(string? folder)
    {
        if (folder is not null)
            return PublishedTokenizer.Read(folder);
        using var package = new EncoderPackageFiles();
        return PublishedTokenizer.WordPiece(package.Vocabulary(), lower: true, stripAccents: true, EncoderPackageFiles.AssemblyName);
    }

    private static TransformerEncoder EncoderOf(string? folder, string deviceName)
    {
        var device = TorchThread.Device(deviceName);
        if (folder is not null)
            return TransformerEncoder.Load(folder, device);
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
