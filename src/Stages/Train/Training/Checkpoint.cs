using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models;

namespace Pipelines.Stages.Train.Training;

/// <summary>All that the rest of a training depends on.</summary>
internal sealed record TrainingState(
    IReadOnlyList<SortedDictionary<string, double>> Epochs, long Steps,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Weights,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Optimizer,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Best);

/// <summary>
/// Keeps the state after the last finished epoch in a stage's work directory. Each epoch writes files of its own and then replaces the
/// one that names it, so an interruption at any time leaves the epoch before.
/// </summary>
internal sealed class Checkpoint(string directory)
{
    private string IndexPath => Path.Combine(directory, "checkpoint.json");

    public void Save(TrainingState state)
    {
        Directory.CreateDirectory(directory);
        var epoch = state.Epochs.Count;
        Safetensors.Write(Tensors(epoch, "weights"), state.Weights);
        Safetensors.Write(Tensors(epoch, "optimizer"), state.Optimizer);
        Safetensors.Write(Tensors(epoch, "best"), state.Best);
        var temporary = IndexPath + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(new Index(state.Epochs, state.Steps), Json.Plain));
        File.Move(temporary, IndexPath, overwrite: true);
        foreach (var part in new[] { "weights", "optimizer", "best" })
            File.Delete(Tensors(epoch - 1, part));
    }

    public TrainingState? Load()
    {
        if (!File.Exists(IndexPath))
            return null;
        var index = JsonSerializer.Deserialize<Index>(File.ReadAllBytes(IndexPath), Json.Plain)!;
        return new(index.Epochs, index.Steps, Read("weights"), Read("optimizer"), Read("best"));

        IReadOnlyList<KeyValuePair<string, StoredTensor>> Read(string part) => [.. Safetensors.Read(Tensors(index.Epochs.Count, part))];
    }

    private string Tensors(int epoch, string part) => Path.Combine(directory, $"{part}-{epoch}.safetensors");

    private sealed record Index(IReadOnlyList<SortedDictionary<string, double>> Epochs, long Steps);
}
