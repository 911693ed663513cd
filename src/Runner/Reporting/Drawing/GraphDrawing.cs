using System.Xml.Linq;

namespace Pipelines.Runner.Reporting.Drawing;

/// <param name="State"><c>ran</c>, <c>reused</c>, <c>skipped</c>, <c>failed</c> or <c>interrupted</c>: a class of graph.css.</param>
/// <param name="Note">Sign and time.</param>
internal sealed record GraphNode(string Id, string Kind, string State, string Note);

/// <summary>How tall the boxes of a graph are, how far their rows lie apart, and how wide a box may be.</summary>
internal sealed record GraphSizes(double Box, double Layer, double MaxBoxWidth)
{
    public static GraphSizes Stages { get; } = new(Box: 54, Layer: 92, MaxBoxWidth: 210);

    public static GraphSizes Network { get; } = new(Box: 44, Layer: 64, MaxBoxWidth: 260);
}

/// <summary>The stages of a pipeline from top to bottom with arrows along the data.</summary>
internal static class GraphDrawing
{
    private const double Gap = 16;
    private const double PassingWidth = 22;

    /// <param name="edges">Pairs of positions in <paramref name="nodes"/>, which are sorted so that data flows forward.</param>
    public static XElement Draw(
        IReadOnlyList<GraphNode> nodes, IReadOnlyList<(int From, int To)> edges, DrawingFrame frame, GraphSizes sizes)
    {
        var layout = new LayerLayout(nodes.Count, edges);
        double[] widths = [.. nodes.Select(node => BoxWidth(node, sizes))];
        var total = Math.Max(frame.Width, layout.Layers.Max(layer => layer.Sum(Room)));
        var places = new Dictionary<int, (double X, double Y)>();
        for (var layer = 0; layer < layout.Layers.Count; layer++)
        {
            var x = Math.Round((total - layout.Layers[layer].Sum(Room)) / 2);
            foreach (var node in layout.Layers[layer])
            {
                places[node] = (x + (Room(node) / 2), (layer * sizes.Layer) + 6);
                x += Room(node);
            }
        }
        var arrow = new XElement("marker", new XAttribute("id", $"{frame.Id}-arrow"), new XAttribute("viewBox", "0 0 8 8"),
            new XAttribute("refX", "7"), new XAttribute("refY", "4"), new XAttribute("markerWidth", "7"),
            new XAttribute("markerHeight", "7"), new XAttribute("orient", "auto"), Svg.Path("M0 0L8 4L0 8z", "arrow"));
        return Svg.Picture(
            frame, total, ((layout.Layers.Count - 1) * sizes.Layer) + sizes.Box + 14, new XElement("defs", arrow),
            Svg.Group("edges", new XAttribute("marker-end", $"url(#{frame.Id}-arrow)"),
                layout.Routes.Select(route => Edge(route, places, nodes.Count, sizes.Box))),
            nodes.Select((node, i) => Box(node, places[i].X, places[i].Y, widths[i], sizes.Box)));

        // Even, so that all places are whole numbers, which are short.
        double Room(int node) => Gap + (node < nodes.Count ? widths[node] : PassingWidth);
    }

    private static double BoxWidth(GraphNode node, GraphSizes sizes) => 2 * Math.Round(0.5 * Math.Clamp(
        26 + Math.Max(TextSize.Width(node.Id, 13) + 10 + TextSize.Width(node.Note, 11), TextSize.Width(node.Kind, 11.5)), 96,
        sizes.MaxBoxWidth));

    private static XElement Edge(List<int> route, Dictionary<int, (double X, double Y)> places, int nodes, double box)
    {
        var (x, y) = places[route[0]];
        y += box;
        var path = $"M{Svg.Number(x)} {Svg.Number(y)}";
        foreach (var stop in route.Skip(1))
        {
            var (toX, toY) = places[stop];
            var isEnd = stop < nodes;
            toY += isEnd ? -2 : 0;
            var middle = (y + toY) / 2;
            path += $"C{Svg.Number(x)} {Svg.Number(middle)} {Svg.Number(toX)} {Svg.Number(middle)} {Svg.Number(toX)} {Svg.Number(toY)}";
            if (!isEnd)
                path += $"V{Svg.Number(toY + box)}";
            (x, y) = (toX, toY + (isEnd ? 0 : box));
        }
        return new("path", new XAttribute("d", path));
    }

    private static XElement Box(GraphNode node, double middle, double top, double width, double height)
    {
        var left = middle - (width / 2);
        var (first, second) = (top + (0.43 * height), top + (0.78 * height));
        return Svg.Group($"node {node.State}",
            Svg.Rectangle(left, top, width, height, "box").With(new XAttribute("rx", "5")),
            Svg.Text(left + 12, first, TextSize.Fit(node.Id, 13, width - 30 - TextSize.Width(node.Note, 11)), "node-id"),
            Svg.Text(left + width - 11, first, node.Note, "node-note end"),
            Svg.Text(left + 12, second, TextSize.Fit(node.Kind, 11.5, width - 20), "node-kind"));
    }
}
