using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Plugins;

/// <summary>The runner's kinds together with those of plugins.</summary>
public static class PluginCatalog
{
    /// <param name="paths">From the project root; nothing is loaded when there are none.</param>
    public static Checked<StageCatalog> Of(StageCatalog catalog, string projectRoot, IReadOnlyList<YamlScalar> paths)
    {
        if (paths.Count == 0)
            return new(catalog, []);
        List<Diagnostic> diagnostics = [];
        Dictionary<string, StageKind> kinds = new(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var written in paths)
            if (PluginFile.Find(projectRoot, written, diagnostics) is { } file && seen.Add(file.Path))
                foreach (var kind in new PluginReader(file, diagnostics).Read())
                    if (catalog.Find(kind.Spec.Kind) is not null || !kinds.TryAdd(kind.Spec.Kind, kind))
                        diagnostics.Add(Diagnostics.PluginKindTaken(
                            written, file.Shown, kind.Spec.Kind, kinds.GetValueOrDefault(kind.Spec.Kind)?.Plugin!.Path));
        return new(catalog.With(kinds.Values, isComplete: diagnostics.Count == 0), diagnostics);
    }

    /// <summary>Paths of <c>--plugin</c>.</summary>
    public static IReadOnlyList<YamlScalar> Named(IEnumerable<string> arguments) =>
        [.. arguments.Select(path => new YamlScalar(path, IsPlain: false, new(new("--plugin", path), 1, 1, Math.Max(1, path.Length))))];
}
