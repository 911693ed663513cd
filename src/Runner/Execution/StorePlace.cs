using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>The folder in which the results of a project are kept.</summary>
internal static class StorePlace
{
    public const string FolderName = ".pipelines";

    /// <summary>Of the layout; see <c>StoreLayout</c>.</summary>
    public const string Version = "v1";

    /// <summary>The environment variable that names a folder for stores of projects, each in a folder of its own.</summary>
    public const string Variable = "PIPELINES_STORE";

#pragma warning disable RS0030 // Every command finds the store, and all of them the same.
    public static string Of(string projectRoot) => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } stores
        ? Path.Combine(stores, $"{Path.GetFileName(projectRoot)}-{ContentHash.Of(Encoding.UTF8.GetBytes(projectRoot)).Short}")
        : Path.Combine(projectRoot, FolderName);
#pragma warning restore RS0030
}
