using System.CommandLine;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Plugins;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Commands;

/// <summary><c>--plugin</c>: further stage kinds for one command.</summary>
internal static class PluginOption
{
    public static Option<string[]> Create() => new("--plugin")
    {
        Description = "Adds the stages of an assembly (or of a project's folder): a path from the project root.",
        HelpName = "path",
    };

    public static Option<bool> None() => new("--no-plugins")
    {
        Description = "Leaves plugins out: none of their code is loaded, and stages of theirs are unknown.",
    };

    /// <summary>All kinds, for a command that takes no pipeline.</summary>
    /// <exception cref="DiagnosticsException">A plugin cannot be used.</exception>
    public static StageCatalog Catalog(IReadOnlyList<string>? plugins)
    {
        var catalog = Installation.Find().Catalog;
        if (plugins is not { Count: > 0 })
            return catalog;
        var all = PluginCatalog.Of(catalog, ProjectRoot.OfFolder(WorkingFolder.Path), PluginCatalog.Named(plugins));
        return all.HasErrors ? throw new DiagnosticsException(all.Diagnostics) : all.Value!;
    }
}
