using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>The layers of a network from top to bottom, each with its output and its parameters; dashed where they are not learned.
/// </summary>
internal static class NetworkDrawing
{
    public static XElement Draw(NetworkFigure figure, DrawingFrame frame) => GraphDrawing.Draw(
        [.. figure.Layers.Select(layer => NodeOf(layer, frame))],
        [.. figure.Layers.SelectMany((layer, i) => layer.From.Select(from => (from, i)))], frame, GraphSizes.Network);

    private static GraphNode NodeOf(NetworkLayer layer, DrawingFrame frame)
    {
        var isFrozen = layer is { Parameters: > 0, Trained: 0 };
        var count = layer.Parameters == 0 ? "" : frame.Language.Phrase(
            isFrozen ? "network_frozen" : "network_parameters", ("count", frame.Numbers.Of(layer.Parameters)));
        return new(layer.Name, count, isFrozen ? "frozen" : "layer", layer.Output);
    }
}
