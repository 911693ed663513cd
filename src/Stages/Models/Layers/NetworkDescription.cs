using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Models.Layers;

/// <summary>The layers of a classifier as a report draws them.</summary>
internal static class NetworkDescription
{
    public static NetworkFigure Of(TextClassifier model)
    {
        var (settings, data) = (model.Settings, model.Settings.Data);
        NetworkLayers layers = new(model.Parameters, parameter => parameter.IsTrainable);
        var embedding = LayerStack.EmbeddingOf(settings.Layers);
        var words = layers.Add("embedding", [], SizesOf(new(embedding.Size, HasSteps: true, data.Length)));
        var ends = Add(layers, LayerStack.Behind(settings.Layers, data, settings.Heads is not null), [words]);
        foreach (var (index, head) in (settings.Heads ?? []).Index())
            Add(layers, HeadStack.Sites(
                head.Head, index, LayerStack.ShapeBehind(settings.Layers, data, hasHeads: true), data, head.Classes), ends);
        return layers.ToFigure();
    }

    /// <returns>The layers that whatever comes next reads.</returns>
    private static IReadOnlyList<int> Add(NetworkLayers layers, IEnumerable<LayerSite> sites, IReadOnlyList<int> from)
    {
        foreach (var site in sites)
        {
            var shape = SizesOf(LayerStack.ShapeAt(site));
            // Its branches have the weights.
            from = site.Layer is Layer.Parallel branches
                ? [layers.Add(site.Name, JoinedBy(layers, branches, site, from), shape, _ => false)]
                : [layers.Add(site.Name, from, shape)];
        }
        return from;
    }

    private static List<int> JoinedBy(NetworkLayers layers, Layer.Parallel branches, LayerSite site, IReadOnlyList<int> from) =>
        [.. Enumerable.Range(0, branches.Branches.Count).SelectMany(branch => Add(layers, branches.SitesOf(branch, site), from))
            .Distinct()];

    private static object[] SizesOf(LayerShape shape) =>
        shape.HasSteps ? ["n", (object?)shape.Steps ?? "t", shape.Size!.Value] : ["n", shape.Size!.Value];
}
