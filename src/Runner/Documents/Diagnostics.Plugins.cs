namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic PluginMissing(YamlScalar plugin, string? nearest) =>
        Error("plugin-missing", $"There is no plugin {Quoted.Short(plugin.Text)}.", plugin,
            nearest is null
                ? "a path from the project root: of a built assembly (.dll), or of the folder of its project"
                : $"did you mean '{nearest}'?");

    public static Diagnostic PluginProjectUnclear(YamlScalar plugin, IReadOnlyList<string> projects) =>
        Error("plugin-project-unclear", projects.Count == 0
            ? $"There is no C# project in the folder {Quoted.Short(plugin.Text)}."
            : $"The folder {Quoted.Short(plugin.Text)} has several C# projects: {Quoted.List(projects)}.", plugin,
            "name the built assembly (.dll) instead");

    public static Diagnostic PluginNotBuilt(YamlScalar plugin) =>
        Error("plugin-not-built", $"The plugin {Quoted.Short(plugin.Text)} has not been built yet.", plugin, $"dotnet build {plugin.Text}");

    public static Diagnostic PluginOutdated(YamlScalar plugin, string source) =>
        Error("plugin-outdated", $"The plugin {Quoted.Short(plugin.Text)} has not been built since {Quoted.Short(source)} was changed.",
            plugin, $"dotnet build {plugin.Text}");

    public static Diagnostic PluginUnreadable(YamlScalar plugin, string assembly, string reason) =>
        Error("plugin-unreadable", $"{Quoted.Short(assembly)} cannot be loaded: {reason}", plugin,
            "name an assembly (.dll) that 'dotnet build' made");

    public static Diagnostic PluginForAnother(YamlScalar plugin, string assembly, Version built, Version current) =>
        Error("plugin-for-another-version",
            $"{Quoted.Short(assembly)} was built for stages of version {built.ToString(2)}, but this runner has {current.ToString(2)}.",
            plugin,
            "build it again with the Pipelines.Stages.dll of this runner");

    public static Diagnostic PluginWithoutStages(YamlScalar plugin, string assembly) =>
        Error("plugin-without-stages", $"{Quoted.Short(assembly)} has no stage.", plugin,
            "a stage is a class that derives from Stage<TInputs, TParams, TOutputs> and has [Stage(\"verb/what\")]");

    public static Diagnostic PluginStageBroken(YamlScalar plugin, string type, string reason) =>
        Error("plugin-stage-broken", $"{type} cannot be a stage: {reason}", plugin, "docs/authoring/plugins.md says what a stage needs");

    public static Diagnostic PluginStageMisnamed(YamlScalar plugin, string type, string kind, string expected) =>
        Error("plugin-stage-misnamed", $"{type} is the stage {Quoted.Short(kind)}, whose class is named {expected}.", plugin,
            "rename the class or the kind");

    /// <param name="other">The plugin that has it too; null: the runner.</param>
    public static Diagnostic PluginKindTaken(YamlScalar plugin, string assembly, string kind, string? other) =>
        Error("plugin-kind-taken",
            $"{Quoted.Short(assembly)} has the kind {Quoted.Short(kind)}, and so has "
            + $"{(other is null ? "the runner itself" : Quoted.Short(other))}.", plugin,
            "choose another name for one of them");

    public static Diagnostic PluginsLeftOut(YamlScalar first) =>
        new("plugins-left-out", Severity.Warning, "The plugins of this file are left out; stages of theirs are unknown.", first.At,
            "without --no-plugins their code is loaded, and may do whatever you may");
}
