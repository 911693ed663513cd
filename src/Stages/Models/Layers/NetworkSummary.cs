using System.Globalization;

namespace Pipelines.Stages.Models.Layers;

/// <summary>The layers of a network with what they give and how many weights they have, as far as that is known without data.</summary>
internal static class NetworkSummary
{
    private const string Unknown = "depends on the length of the texts";

    public static IReadOnlyList<string> Lines(IReadOnlyList<Layer> layers)
    {
        var embedding = LayerStack.EmbeddingOf(layers);
        WeightCount words = new(0, PerWord: embedding.Size);
        List<(string Layer, string Output, string Weights)> rows =
            [("embedding", Format(new(embedding.Size, HasSteps: true)), $"{words}{(embedding.Trainable ? "" : " (not trained)")}")];
        WeightCount? trained = new(0);
        foreach (var site in LayerStack.Behind(layers, new()))
        {
            var weights = site.Layer.WeightsAt(site);
            rows.Add((site.Name, site.IsLast ? "1 a class" : Format(LayerStack.ShapeAt(site)), weights?.ToString() ?? Unknown));
            trained += weights;
        }
        if (embedding.Trainable)
            trained += words;
        var fixedWeights = embedding.Trainable ? "" : $", and {words} that are not";
        var (name, output) = (rows.Max(row => row.Layer.Length), rows.Max(row => row.Output.Length));
        return
        [
            .. rows.Select(row => $"{row.Layer.PadRight(name)}  {row.Output.PadRight(output)}  {row.Weights}"),
            $"weights that are trained: {trained?.ToString() ?? Unknown}{fixedWeights}",
        ];
    }

    private static string Format(LayerShape shape) =>
        $"{shape.Size?.ToString(CultureInfo.InvariantCulture) ?? "?"} a {(shape.HasSteps ? "word" : "text")}";
}
