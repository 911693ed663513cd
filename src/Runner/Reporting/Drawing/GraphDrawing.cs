using System.Xml.Linq;

namespace Pipelines.Runner.Reporting.Drawing;

/// <param name="State"><c>ran</c>, <c>reused</c>, <c>skipped</c>, <c>failed</c> or <c>interrupted</c>: a class of graph.css.</param>
/// <param name="Note">Sign and time.</param>
internal sealed record GraphNode(string Id, string Kind, string State, string Note);

/// <summary>The stages of a pipeline from top to bottom with arrows along the data.</summary>
internal static class GraphDrawing
{
    private const double LayerHeight = 92;
    private const double BoxHeight = 54;
    private const double Gap = 16;
    private const double PassingWidth = 22;
    private const double MaxBoxWidth = 210;

    /// <param name="edges">Pairs of positions in <paramref name="nodes"/>, which are sorted so that data flows forward.</param>
    public static XElement Draw(IReadOnlyList<GraphNode> nodes, IReadOnlyList<(int From, int To)> edges, DrawingFrame frame)
    {
        var layout = new LayerLayout(nodes.Count, edges);
        double[] widths = [.. nodes.Select(BoxWidth)];
        var total = Math.Max(frame.Width, layout.Layers.Max(layer => layer.Sum(Room)));
        var places = new Dictionary<int, (double X, double Y)>();
        for (var layer = 0; layer < layout.Layers.Count; layer++)
        {
            var x = (total - layout.Layers[layer].Sum(Room)) / 2;
            foreach (var node in layout.Layers[layer])
            {
                places[node] = (x + (Room(node) / 2), (layer * LayerHeight) + 6);
                x += Room(node);
            }
        }
        var arrow = new XElement("marker", new XAttribute("id", $"{frame.Id}-arrow"), new XAttribute("viewBox", "0 0 8 8"),
            new XAttribute("refX", "7"), new XAttribute("refY", "4"), new XAttribute("markerWidth", "7"),
            new XAttribute("markerHeight", "7"), new XAttribute("orient", "auto"), Svg.Path("M0 0L8 4L0 8z", "arrow"));
        return Svg.Picture(
            frame, total, (layout.Layers.Count * LayerHeight) - LayerHeight + BoxHeight + 14, new XElement("defs", arrow),
            layout.Routes.Select(route => Edge(route, places, nodes.Count).With(new XAttribute("marker-end", $"url(#{frame.Id}-arrow)"))),
            nodes.Select((node, i) => Box(node, places[i].X, places[i].Y, widths[i])));

        double Room(int node) => Gap + (node < nodes.Count ? widths[node] : PassingWidth);
    }

    private static double BoxWidth(GraphNode node) => Math.Clamp(
        26 + Math.Max(TextSize.Width(node.Id, 13) + 10 + TextSize.Width(node.Note, 11), TextSize.Width(node.Kind, 11.5)), 96, MaxBoxWidth);

    private static XElement Edge(List<int> route, Dictionary<int, (double X, double Y)> places, int nodes)
    {
        var (x, y) = places[route[0]];
        y += BoxHeight;
        var path = $"M{Svg.Number(x)} {Svg.Number(y)}";
        foreach (var stop in route.Skip(1))
        {
            var (toX, toY) = places[stop];
            var isEnd = stop < nodes;
            toY += isEnd ? -2 : 0;
            var middle = (y + toY) / 2;
            path += $"C{Svg.Number(x)} {Svg.Number(middle)} {Svg.Number(toX)} {Svg.Number(middle)} {Svg.Number(toX)} {Svg.Number(toY)}";
            if (!isEnd)
                path += $"V{Svg.Number(toY + BoxHeight)}";
            (x, y) = (toX, toY + (isEnd ? 0 : BoxHeight));
        }
        return Svg.Path(path, "edge");
    }

    private static XElement Box(GraphNode node, double middle, double top, double width)
    {
        var left = middle - (width / 2);
        return Svg.Group($"node {node.State}",
            Svg.Rectangle(left, top, width, BoxHeight, "box").With(new XAttribute("rx", "5")),
            Svg.Text(left + 12, top + 23, TextSize.Fit(node.Id, 13, width - 30 - TextSize.Width(node.Note, 11)), "node-id"),
            Svg.Text(left + width - 11, top + 23, node.Note, "node-note end"),
            Svg.Text(left + 12, top + 42, TextSize.Fit(node.Kind, 11.5, width - 20), "node-kind"));
    }
}
