using System.Globalization;
using System.Text;

namespace Pipelines.Runner.Planning;

/// <summary>The stages of a plan and what flows between them, as text for drawing programs. The cells of a stage are one box.</summary>
public static class PlanGraph
{
    /// <summary>A flow chart for Markdown (GitHub, GitLab).</summary>
    public static string Mermaid(Plan plan)
    {
        StringBuilder text = new("flowchart TD\n");
        // Numbers as names, because 'end' and the like are words of Mermaid.
        var names = Names(plan);
        foreach (var box in StageGroup.Of(plan.Stages))
            text.Append(CultureInfo.InvariantCulture, $"    {names[box.Id]}[\"{box.Title}<br/><small>{box.Kind}</small>\"]\n");
        foreach (var (from, to, label) in Edges(plan))
            text.Append(CultureInfo.InvariantCulture, $"    {names[from]} -->{(label is null ? "" : $"|{label}|")} {names[to]}\n");
        return text.ToString();
    }

    /// <summary>For Graphviz.</summary>
    public static string Dot(Plan plan)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"digraph \"{plan.Pipeline}\" {{\n    node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        foreach (var box in StageGroup.Of(plan.Stages))
            text.Append(CultureInfo.InvariantCulture, $"    \"{box.Id}\" [label=\"{box.Title}\\n{box.Kind}\"];\n");
        foreach (var (from, to, label) in Edges(plan))
            text.Append(CultureInfo.InvariantCulture, $"    \"{from}\" -> \"{to}\"{(label is null ? "" : $" [label=\"{label}\"]")};\n");
        return text.Append("}\n").ToString();
    }

    private static Dictionary<string, string> Names(Plan plan)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (var box in StageGroup.Of(plan.Stages))
            names.Add(box.Id, $"s{names.Count}");
        return names;
    }

    /// <summary>The port is named where a stage has several.</summary>
    private static IEnumerable<(string From, string To, string? Label)> Edges(Plan plan)
    {
        var written = plan.Stages.ToDictionary(stage => stage.Id, stage => stage.Base, StringComparer.Ordinal);
        return (from stage in plan.Stages
                from input in stage.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal)
                from source in input.Value
                select (written[source.StageId], stage.Base, stage.Spec.Inputs.Count > 1 ? input.Key : null))
            .Concat(plan.Stages.Where(stage => stage.Contest is not null)
                .Select(stage => (stage.Contest!.Shorter.Base, stage.Base, (string?)null))).Distinct();
    }
}
