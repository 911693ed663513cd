using System.Globalization;

namespace Pipelines.Stages.Models.Layers;

/// <summary>The layers of a network with what they give and how many weights they have, as far as that is known without data.</summary>
internal static class NetworkSummary
{
    private const string Unknown = "depends on the length of the texts";

    public static IReadOnlyList<string> Lines(IReadOnlyList<Layer> layers, IReadOnlyList<Head>? heads = null)
    {
        var embedding = LayerStack.EmbeddingOf(layers);
        WeightCount words = new(0, PerWord: embedding.Size);
        List<(string Layer, string Output, string Weights)> rows =
            [("embedding", Format(new(embedding.Size, HasSteps: true)), $"{words}{(embedding.Trainable ? "" : " (not trained)")}")];
        WeightCount? trained = new(0);
        foreach (var site in LayerStack.Behind(layers, new(), heads is not null))
        {
            rows.Add(Row(site));
            trained += site.Layer.WeightsAt(site);
        }
        List<string> others = [];
        foreach (var (index, head) in (heads ?? []).Index())
        {
            List<LayerSite> sites =
                [.. HeadStack.Sites(head, index, LayerStack.ShapeBehind(layers, new(), hasHeads: true), new(), classes: null)];
            rows.AddRange(sites.Select(Row));
            var own = sites.Aggregate((WeightCount?)new WeightCount(0), (sum, site) => sum + site.Layer.WeightsAt(site));
            others.Add($"; {head.Name}: {own?.ToString() ?? Unknown}");
        }
        if (embedding.Trainable)
            trained += words;
        var fixedWeights = embedding.Trainable ? "" : $", and {words} that are not";
        var (name, output) = (rows.Max(row => row.Layer.Length), rows.Max(row => row.Output.Length));
        return
        [
            .. rows.Select(row => $"{row.Layer.PadRight(name)}  {row.Output.PadRight(output)}  {row.Weights}"),
            $"weights that are trained: {trained?.ToString() ?? Unknown}{string.Concat(others)}{fixedWeights}",
        ];
    }

    private static (string Layer, string Output, string Weights) Row(LayerSite site)
    {
        var output = !site.IsLast ? Format(LayerStack.ShapeAt(site)) : site.Data.IsNumber ? "1 a text" : "1 a class";
        return (site.Name, output, site.Layer.WeightsAt(site)?.ToString() ?? Unknown);
    }

    private static string Format(LayerShape shape) =>
        $"{shape.Size?.ToString(CultureInfo.InvariantCulture) ?? "?"} a {(shape.HasSteps ? "word" : "text")}";
}
