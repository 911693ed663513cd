using System.Xml.Linq;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Drawing;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Stages and what flows between them, drawn.</summary>
internal static class PipelineGraph
{
    /// <param name="stages">In the order of the plan; sources that are not among them are left out.</param>
    public static XElement Draw(IReadOnlyList<PlannedStage> stages, Func<StageGroup, GraphNode> node, DrawingFrame frame)
    {
        var boxes = StageGroup.Of(stages);
        var places = boxes.SelectMany((box, i) => box.Cells.Select(cell => (cell.Id, i)))
            .ToDictionary(entry => entry.Id, entry => entry.i, StringComparer.Ordinal);
        var edges = stages.SelectMany(stage => stage.Needs.Where(places.ContainsKey)
            .Select(source => (From: places[source], To: places[stage.Id])))
            .Distinct().ToList();
        return GraphDrawing.Draw([.. boxes.Select(node)], edges, frame, GraphSizes.Stages);
    }
}
