using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>One head of a network with the layers behind which it stands, as a network with one output.</summary>
internal static class SingleHead
{
    /// <exception cref="StageException">The model has no such head, or it gives no classes.</exception>
    public static async Task<(Model Model, HeadSettings Head)> WriteAsync(
        Model model, string name, StageContext context, CancellationToken cancellation)
    {
        var config = ModelConfig.Read(model.Directory);
        var settings = config.Settings.ContainsKey(HeadStack.Path) ? config.SettingsAs<ClassifierSettings>() : null;
        var head = settings?.Heads?.FirstOrDefault(head => head.Head.Name == name) ?? throw Missing(model, settings?.Heads);
        if (head.Labels is not { } labels)
            throw new StageException($"The head '{name}' gives a number, and no classes.")
            {
                Help = "Take a head with classes; how good the number is, is among the metrics of its training.",
                Parameter = "head",
            };
        var single = settings! with { Layers = [.. settings.Layers, .. head.Head.Layers], Classes = head.Classes, Heads = null };
        EncodingChain encoding = new([.. model.Encoding.Steps.Where(step => !ClassLabels.IsStep(step)), labels]);
        var weights = Weights(settings, head, single, Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName)));
        var written = await ModelBundle.WriteAsync(
            context, config.Architecture, encoding, single, weights.Sum(weight => (long)weight.Value.Values.Length), weights, cancellation)
            .ConfigureAwait(false);
        return (written, head);
    }

    /// <summary>The weights of the shared layers and of the head, by the names they have in a network without heads.</summary>
    private static List<KeyValuePair<string, StoredTensor>> Weights(
        ClassifierSettings settings, HeadSettings head, ClassifierSettings single, IReadOnlyDictionary<string, StoredTensor> all)
    {
        var shared = LayerStack.Behind(settings.Layers, settings.Data, hasHeads: true).Select(site => site.Name).ToList();
        var index = settings.Heads!.Index().First(other => other.Item == head).Index;
        var own = HeadStack.Sites(
            head.Head, index, LayerStack.ShapeBehind(settings.Layers, settings.Data, hasHeads: true), settings.Data, head.Classes);
        string[] before = ["embedding", .. shared, .. own.Select(site => site.Name)];
        string[] after = ["embedding", .. LayerStack.Behind(single.Layers, single.Data).Select(site => site.Name)];
        return [.. before.Zip(after).SelectMany(names => all
            .Where(weight => weight.Key.StartsWith(names.First + ".", StringComparison.Ordinal))
            .Select(weight => KeyValuePair.Create(names.Second + weight.Key[names.First.Length..], weight.Value)))];
    }

    private static StageException Missing(Model model, IReadOnlyList<HeadSettings>? heads) => heads is null
        ? new($"A model of the architecture '{model.Architecture}' with one output has no heads.")
        {
            Help = "Give the stages after it the model itself.",
            Parameter = "head",
        }
        : new("The model has no such head.")
        {
            Help = $"It has {string.Join(", ", heads.Select(head => head.Head.Name))}.",
            Parameter = "head",
        };
}
