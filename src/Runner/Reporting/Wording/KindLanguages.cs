using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>The language of a report as the kinds of its stages speak it.</summary>
internal sealed class KindLanguages(Language general, IReadOnlyList<PlannedStage> stages)
{
    private readonly Dictionary<string, PlannedStage> _byId = stages.ToDictionary(stage => stage.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Language> _byKinds = new(StringComparer.Ordinal);

    public Language General => general;

    /// <summary>The words of its kind, and the measures of the stages that feed it: one that chooses or compares tells of theirs.</summary>
    public Language Of(PlannedStage stage)
    {
        var sources = stage.Inputs.Values.SelectMany(port => port).Select(source => _byId.GetValueOrDefault(source.StageId))
            .OfType<PlannedStage>();
        return Of(stage, sources);
    }

    /// <summary>For what tells of several stages at once: only their measures.</summary>
    public Language Of(IEnumerable<PlannedStage> several) => Of(null, several);

    private Language Of(PlannedStage? stage, IEnumerable<PlannedStage> gathered)
    {
        PlannedStage[] kinds = [.. gathered.DistinctBy(other => other.Spec.Kind, StringComparer.Ordinal)];
        var name = $"{stage?.Spec.Kind}: {string.Join(' ', kinds.Select(kind => kind.Spec.Kind))}";
        if (!_byKinds.TryGetValue(name, out var language))
            _byKinds[name] = language = general.With(stage?.Manifest.Report, kinds.Select(kind => kind.Manifest.Report));
        return language;
    }
}
