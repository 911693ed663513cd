using System.Text.RegularExpressions;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Torch.Pickles;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>A folder as models are published: <c>config.json</c> beside <c>model.safetensors</c> or <c>pytorch_model.bin</c>.</summary>
internal static partial class PublishedFolder
{
    public const string SafetensorsName = "model.safetensors", PickleName = "pytorch_model.bin";

    private const string PoolerName = "pooler.dense.weight";

    /// <summary>The parts of a layer of DistilBERT, and what they are called in BERT.</summary>
    private static readonly Dictionary<string, string> DistilBertParts = new(StringComparer.Ordinal)
    {
        ["attention.q_lin"] = "attention.self.query",
        ["attention.k_lin"] = "attention.self.key",
        ["attention.v_lin"] = "attention.self.value",
        ["attention.out_lin"] = "attention.output.dense",
        ["sa_layer_norm"] = "attention.output.LayerNorm",
        ["ffn.lin1"] = "intermediate.dense",
        ["ffn.lin2"] = "output.dense",
        ["output_layer_norm"] = "output.LayerNorm",
    };

    /// <summary>The files of these that are read; null: they are no model.</summary>
    public static IReadOnlyList<string>? FilesAmong(IReadOnlyCollection<string> names) =>
        !names.Contains(EncoderConfig.FileName) ? null
        : names.Contains(SafetensorsName) ? [EncoderConfig.FileName, SafetensorsName]
        : names.Contains(PickleName) ? [EncoderConfig.FileName, PickleName]
        : null;

    /// <exception cref="StageException">A file is missing or damaged.</exception>
    public static (EncoderConfig Config, IReadOnlyDictionary<string, StoredTensor> Weights) Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new StageException($"There is no folder '{folder}'.");
        var config = EncoderConfig.Read(folder);
        var weights = Named(ReadWeights(folder), config);
        return (config with { HasPooler = config.HasPooler && weights.ContainsKey(PoolerName) }, weights);
    }

    /// <summary>Writes configuration and weights by the names of the family.</summary>
    public static void Write(string folder, EncoderConfig config, IEnumerable<KeyValuePair<string, StoredTensor>> weights)
    {
        config.Write(folder);
        // Hugging Face's reader wants to know which library the numbers come from, and takes only these words for this layout.
        Safetensors.Write(
            Path.Combine(folder, SafetensorsName),
            weights.Select(weight => KeyValuePair.Create(PublishedName(weight.Key, config), weight.Value)), format: "pt");
    }

    private static string PublishedName(string name, EncoderConfig config)
    {
        if (config.ModelType != EncoderConfig.DistilBert || name.Split('.') is not ["encoder", "layer", var number, .. var rest])
            return name;
        var (part, kind) = (string.Join('.', rest[..^1]), rest[^1]);
        return $"transformer.layer.{number}.{DistilBertParts.Single(known => known.Value == part).Key}.{kind}";
    }

    private static IReadOnlyDictionary<string, StoredTensor> ReadWeights(string folder)
    {
        var (safe, pickled) = (Path.Combine(folder, SafetensorsName), Path.Combine(folder, PickleName));
        try
        {
            return File.Exists(safe) ? Safetensors.Read(safe) : File.Exists(pickled) ? TorchFile.Read(pickled) : throw Missing(folder);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new StageException($"The weights in '{folder}' cannot be loaded. {error.Message}")
            {
                Help = "Get the file again from where the model was published.",
            };
        }
    }

    private static StageException Missing(string folder) => new($"There are no weights in '{folder}'.")
    {
        Help = $"Looked for {SafetensorsName} and {PickleName}. The folder has "
            + $"{string.Join(", ", Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal))}.",
    };

    /// <summary>The encoder's weights by the names that BERT has for them, without those of a head.</summary>
    private static Dictionary<string, StoredTensor> Named(IReadOnlyDictionary<string, StoredTensor> weights, EncoderConfig config)
    {
        var prefix = config.ModelType is EncoderConfig.Roberta or EncoderConfig.Camembert ? "roberta." : $"{config.ModelType}.";
        // A whole model has its encoder under one name, and other heads beside it; an encoder alone has no such name.
        var isWhole = weights.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
        return weights.Where(weight => !isWhole || weight.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(weight => KeyValuePair.Create(Renamed(isWhole ? weight.Key[prefix.Length..] : weight.Key), weight.Value))
            // A counter that older versions kept among the weights.
            .Where(weight => weight.Key != "embeddings.position_ids")
            .ToDictionary(StringComparer.Ordinal);
    }

    private static string Renamed(string name)
    {
        var today = name.Replace("LayerNorm.gamma", "LayerNorm.weight", StringComparison.Ordinal)
            .Replace("LayerNorm.beta", "LayerNorm.bias", StringComparison.Ordinal);
        return DistilBertLayer().Match(today) is { Success: true } match
            && DistilBertParts.TryGetValue(match.Groups["part"].Value, out var part)
            ? $"encoder.layer.{match.Groups["number"].Value}.{part}.{match.Groups["kind"].Value}"
            : today;
    }

    [GeneratedRegex(@"^transformer\.layer\.(?<number>\d+)\.(?<part>.+)\.(?<kind>weight|bias)$")]
    private static partial Regex DistilBertLayer();
}
