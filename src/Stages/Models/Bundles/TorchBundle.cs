using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Bundles;

/// <summary>Torch models in the store.</summary>
internal static class TorchBundle
{
    public static Task<Model> WriteAsync(
        StageContext context, string architecture, EncodingChain encoding, object settings, ParameterSet parameters,
        CancellationToken cancellation) =>
        ModelBundle.WriteAsync(context, architecture, encoding, settings, parameters.Count, parameters.Save(), cancellation);

    /// <summary>Loads weights that will not be trained any more.</summary>
    public static void LoadWeights(Model model, ParameterSet parameters)
    {
        parameters.Load(Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName)));
        parameters.Freeze();
    }
}
