using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Training;

/// <summary>All that the rest of a training depends on.</summary>
/// <param name="Epochs">The finished ones.</param>
/// <param name="Current">What the batches of the epoch after them have given so far.</param>
/// <param name="Steps">Of the optimizer.</param>
/// <param name="Best">Weights of the best epoch; empty before the first one is finished.</param>
internal sealed record TrainingState(
    IReadOnlyList<EpochRecord> Epochs, EpochSums Current, long Steps,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Weights,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Optimizer,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Best);

/// <summary>
/// Keeps a training's state in a stage's work directory. Each state writes files of its own and then replaces the one that names them, so
/// an interruption at any time leaves the state before.
/// </summary>
internal sealed class Checkpoint(string directory, IStageLog log)
{
    private static readonly string[] Parts = ["weights", "optimizer", "best"];

    private string IndexPath => Path.Combine(directory, "checkpoint.json");

    public void Save(TrainingState state)
    {
        Directory.CreateDirectory(directory);
        var index = new Index(state.Epochs, state.Current, state.Steps);
        Safetensors.Write(Tensors(index, Parts[0]), state.Weights);
        Safetensors.Write(Tensors(index, Parts[1]), state.Optimizer);
        Safetensors.Write(Tensors(index, Parts[2]), state.Best);
        var temporary = IndexPath + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(index, Json.Plain));
        File.Move(temporary, IndexPath, overwrite: true);
        var kept = Parts.Select(part => Tensors(index, part)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(directory, "*.safetensors").Where(file => !kept.Contains(file)).ToList())
            File.Delete(file);
    }

    /// <summary>Null when there is none, or none that can be read: then training starts anew.</summary>
    public TrainingState? Load()
    {
        if (!File.Exists(IndexPath))
            return null;
        try
        {
            var index = JsonSerializer.Deserialize<Index>(File.ReadAllBytes(IndexPath), Json.Plain)!;
            return new(index.Epochs, index.Current, index.Steps, Read(index, Parts[0]), Read(index, Parts[1]), Read(index, Parts[2]));
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or IOException)
        {
            log.Warn($"The checkpoint cannot be read, training starts anew: {error.Message}");
            return null;
        }
    }

    private List<KeyValuePair<string, StoredTensor>> Read(Index index, string part) => [.. Safetensors.Read(Tensors(index, part))];

    // The number of steps alone is ambiguous: it is the same after an epoch's last step and after the epoch was measured.
    private string Tensors(Index index, string part) => Path.Combine(directory, $"{part}-{index.Epochs.Count}-{index.Steps}.safetensors");

    private sealed record Index(IReadOnlyList<EpochRecord> Epochs, EpochSums Current, long Steps);
}
