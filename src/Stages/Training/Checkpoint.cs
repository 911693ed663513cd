using System.Text;
using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Training;

/// <summary>All that the rest of a training depends on.</summary>
/// <param name="Epochs">The finished ones.</param>
/// <param name="Current">What the batches of the epoch after them have given so far.</param>
/// <param name="Steps">Of the optimizer.</param>
/// <param name="Logged">Those of its steps that the history tells.</param>
/// <param name="Best">Weights of the best epoch; empty before the first one is finished.</param>
internal sealed record TrainingState(
    IReadOnlyList<EpochRecord> Epochs, EpochSums Current, long Steps, IReadOnlyList<StepRecord> Logged,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Weights,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Optimizer,
    IReadOnlyList<KeyValuePair<string, StoredTensor>> Best);

/// <summary>
/// Keeps a training's state in a stage's work directory. Each state writes files of its own and then replaces the one that names them, so
/// an interruption at any time leaves the state before. The index has the hashes of the files, and its last line is its own: a bit that
/// changed on the disk would give another model under the name of this one.
/// </summary>
internal sealed class Checkpoint(string directory, IStageLog log)
{
    private const int HashDigits = 64;

    private static readonly string[] Parts = ["weights", "optimizer", "best"];

    private string IndexPath => Path.Combine(directory, "checkpoint.json");

    public void Save(TrainingState state)
    {
        Directory.CreateDirectory(directory);
        string[] paths = [.. Parts.Select(part => PathOf(part, state.Epochs.Count, state.Steps))];
        Safetensors.Write(paths[0], state.Weights);
        Safetensors.Write(paths[1], state.Optimizer);
        Safetensors.Write(paths[2], state.Best);
        var temporary = IndexPath + ".new";
        Write(temporary, new(state.Epochs, state.Current, state.Steps, state.Logged, [.. paths.Select(HashOf)]));
        foreach (var path in paths.Append(temporary))
            Flush(path);
        File.Move(temporary, IndexPath, overwrite: true);
        foreach (var file in Directory.EnumerateFiles(directory, "*.safetensors").Except(paths, StringComparer.Ordinal).ToList())
            File.Delete(file);
    }

    /// <summary>Null when there is none, or none that can be read as it was written: then training starts anew.</summary>
    /// <param name="initial">Before the first step: a state has the same tensors.</param>
    public TrainingState? Load(TrainingState initial)
    {
        if (!File.Exists(IndexPath))
            return null;
        try
        {
            var index = ReadIndex();
            return new(
                index.Epochs, index.Current, index.Steps, index.Logged,
                Read(index, 0, initial.Weights), Read(index, 1, initial.Optimizer),
                Read(index, 2, index.Epochs.Count > 0 ? initial.Weights : []));
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or IOException or UnauthorizedAccessException)
        {
            log.Warn($"The checkpoint cannot be read, training starts anew: {error.Message}");
            return null;
        }
    }

    private static void Write(string path, Index index)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(index, Json.Plain);
        File.WriteAllBytes(path, [.. json, (byte)'\n', .. Encoding.ASCII.GetBytes(ContentHash.Of(json).Hex)]);
    }

    private Index ReadIndex()
    {
        // A pipe in its place holds nothing either, and would be waited for.
        var bytes = new FileInfo(IndexPath).Length == 0 ? [] : File.ReadAllBytes(IndexPath);
        var json = bytes.AsSpan(0, Math.Max(0, bytes.Length - HashDigits - 1));
        return Encoding.ASCII.GetString(bytes.AsSpan(json.Length)) == "\n" + ContentHash.Of(json).Hex
            ? JsonSerializer.Deserialize<Index>(json, Json.Plain)!
            : throw new InvalidDataException($"'{IndexPath}' is damaged");
    }

    private List<KeyValuePair<string, StoredTensor>> Read(
        Index index, int part, IReadOnlyList<KeyValuePair<string, StoredTensor>> expected)
    {
        var path = PathOf(Parts[part], index.Epochs.Count, index.Steps);
        if (HashOf(path) != index.Hashes[part])
            throw new InvalidDataException($"'{path}' is damaged");
        var tensors = Safetensors.Read(path).ToList();
        return tensors.Select(Shape).SequenceEqual(expected.Select(Shape), StringComparer.Ordinal)
            ? tensors
            : throw new InvalidDataException($"'{path}' is of another network");
    }

    private static string Shape(KeyValuePair<string, StoredTensor> tensor) => $"{tensor.Key} {string.Join(' ', tensor.Value.Shape)}";

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return ContentHash.Of(file).Hex;
    }

    private static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    // The number of steps alone is ambiguous: it is the same after an epoch's last step and after the epoch was measured.
    private string PathOf(string part, int epochs, long steps) => Path.Combine(directory, $"{part}-{epochs}-{steps}.safetensors");

    /// <param name="Hashes">Of the files, in the order of <see cref="Parts"/>.</param>
    private sealed record Index(
        IReadOnlyList<EpochRecord> Epochs, EpochSums Current, long Steps, IReadOnlyList<StepRecord> Logged, IReadOnlyList<string> Hashes);
}
