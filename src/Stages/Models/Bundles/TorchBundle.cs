using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Bundles;

/// <summary>Torch models in the store: <c>config.json</c>, <c>model.safetensors</c>, encoding chain.</summary>
internal static class TorchBundle
{
    public static Task<Model> WriteAsync(
        StageContext context, string architecture, EncodingChain encoding, object settings, ParameterSet parameters,
        CancellationToken cancellation)
    {
        var config = new ModelConfig(
            architecture, JsonSerializer.SerializeToNode(settings, Json.Plain)!.AsObject(), parameters.Count,
            [.. parameters.Items.Select(parameter => new WeightEntry(parameter.Name, parameter.Value.shape, parameter.Count))]);
        return context.Write.ModelAsync(architecture, encoding, directory =>
        {
            config.Write(directory);
            Safetensors.Write(Path.Combine(directory, Model.WeightsFileName), parameters.Save());
            return Task.CompletedTask;
        }, cancellation);
    }

    /// <summary>Loads weights that will not be trained any more.</summary>
    public static void LoadWeights(Model model, ParameterSet parameters)
    {
        parameters.Load(Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName)));
        parameters.Freeze();
    }
}
