using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Bundles;

/// <summary>One weight tensor as <c>config.json</c> lists it.</summary>
public sealed record WeightEntry(string Name, IReadOnlyList<long> Shape, long Count);

/// <summary>The <c>config.json</c> of a bundle.</summary>
/// <param name="Architecture">Word that names the loader.</param>
/// <param name="Settings">Hyper-parameters: all that is needed, with the weights and the encoding chain, to build the model anew.</param>
/// <param name="Parameters">How many numbers the weights hold.</param>
public sealed record ModelConfig(string Architecture, JsonObject Settings, long Parameters, IReadOnlyList<WeightEntry> Weights)
{
    public T SettingsAs<T>() => Settings.Deserialize<T>(Json.Plain)
        ?? throw new InvalidDataException($"The settings of a model '{Architecture}' are empty.");

    public static ModelConfig Read(string directory)
    {
        using var file = File.OpenRead(Path.Combine(directory, Model.ConfigFileName));
        return JsonSerializer.Deserialize<ModelConfig>(file, Json.Plain)
            ?? throw new InvalidDataException($"'{file.Name}' is empty.");
    }

    public void Write(string directory) =>
        File.WriteAllBytes(Path.Combine(directory, Model.ConfigFileName), JsonSerializer.SerializeToUtf8Bytes(this, Json.Indented));
}
