using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Bundles;

/// <summary>Writes models into the store: <c>config.json</c>, <c>model.safetensors</c>, encoding chain.</summary>
internal static class ModelBundle
{
    /// <param name="parameters">How many of the numbers were learned.</param>
    public static Task<Model> WriteAsync(
        StageContext context, string architecture, EncodingChain encoding, object settings, long parameters,
        IReadOnlyCollection<KeyValuePair<string, StoredTensor>> weights, CancellationToken cancellation)
    {
        var config = new ModelConfig(
            architecture, JsonSerializer.SerializeToNode(settings, Json.Plain)!.AsObject(), parameters,
            [.. weights.Select(weight => new WeightEntry(weight.Key, weight.Value.Shape, weight.Value.Values.Length))]);
        return context.Write.ModelAsync(architecture, encoding, directory =>
        {
            config.Write(directory);
            Safetensors.Write(Path.Combine(directory, Model.WeightsFileName), weights);
            return Task.CompletedTask;
        }, cancellation);
    }
}
