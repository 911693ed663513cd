using System.Reflection;
using Pipelines.Runner.Commands;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Repository;

/// <summary>The stage kinds and manifests of this repository, as the program finds them.</summary>
internal static class Installed
{
    public static StageCatalog Catalog => new Installation(RepositoryFiles.Root).Catalog;

    public static IReadOnlyList<Type> StageClasses { get; } =
        [.. typeof(IStage).Assembly.GetTypes().Where(type => type.GetCustomAttribute<StageAttribute>(inherit: false) is not null)];

    public static string KindOf(Type stage) => stage.GetCustomAttribute<StageAttribute>(inherit: false)!.Kind;

    public static SourceFile? File(string path) =>
        System.IO.File.Exists(RepositoryFiles.Absolute(path)) ? new(path, RepositoryFiles.Read(path)) : null;

    /// <summary>What is wrong with a pipeline, as the user reads it; empty when nothing is.</summary>
    public static string Findings(SourceFile pipeline, StageCatalog? catalog = null, Overrides? overrides = null) =>
        DiagnosticFormat.Render(Plan.Read(pipeline, File, overrides ?? Overrides.None, catalog ?? Catalog).Diagnostics);
}
