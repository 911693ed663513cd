using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Plans the cells of a search by halving: for each rung the stages <c>model-after-1@…</c>, which are the same trainings stopped early, and
/// in the end the stage itself, each cell of which has to win its place.
/// </summary>
internal sealed class RungPlanner(Func<StageDraft, Cell, PlannedStage?> plan, ICollection<Diagnostic> diagnostics)
{
    public List<PlannedStage?> Plan(StageDraft draft, IReadOnlyList<Cell> cells, Halving halving)
    {
        List<PlannedStage?> stages = [], before = [];
        if (draft.Kind is { } kind && kind.Manifest.ParameterWith(ParameterRole.StopsAfter) is { } parameter)
            foreach (var rung in halving.Rungs)
                stages.AddRange(before = Competing([.. cells.Select(cell => plan(After(draft, rung, parameter), cell))], before, halving));
        else if (draft.Kind is not null)
            diagnostics.Add(Diagnostics.BadHalving(halving.Written, $"{draft.Kind.Spec.Kind} cannot stop before its end"));
        stages.AddRange(Competing([.. cells.Select(cell => plan(draft, cell))], before, halving));
        return stages;
    }

    /// <summary>The id of the stage that stops there.</summary>
    public static string IdOf(string stage, YamlScalar rung) => $"{stage}-after-{rung.Text}";

    private static StageDraft After(StageDraft draft, YamlScalar rung, string parameter) => draft with
    {
        Entry = draft.Entry with
        {
            Id = draft.Entry.Id with { Text = IdOf(draft.Id, rung) },
            With = new(
                [
                    .. (draft.Entry.With?.Entries ?? []).Where(entry => entry.Key.Text != parameter),
                    new(new(parameter, IsPlain: true, rung.At), rung),
                ],
                draft.Entry.With?.At ?? rung.At),
        },
    };

    private static List<PlannedStage?> Competing(List<PlannedStage?> stages, List<PlannedStage?> before, Halving halving)
    {
        if (before.Count == 0 || before.Contains(null))
            return stages;
        var epochs = halving.Rungs.First(rung => before[0]!.Base.EndsWith($"-after-{rung.Text}", StringComparison.Ordinal)).Text;
        return [.. stages.Zip(before, (stage, shorter) => stage is null
            ? null
            : stage with { Contest = new(shorter!, before!, halving.Metric, halving.Factor, epochs) })];
    }
}
