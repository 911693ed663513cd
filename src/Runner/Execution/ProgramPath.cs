namespace Pipelines.Runner.Execution;

/// <summary>
/// Where programs are: in the folders of PATH that are named from the root of the disk on. .NET looks in the working folder before, which
/// may be a stranger's.
/// </summary>
internal static class ProgramPath
{
    /// <param name="names">Names of the same program, the first folder that has one of them decides.</param>
    /// <returns>Null: there is none.</returns>
    public static string? Find(params string[] names)
    {
#pragma warning disable RS0030 // The one place that decides.
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).Where(Path.IsPathFullyQualified) ?? [];
#pragma warning restore RS0030
        return folders.SelectMany(_ => names, Path.Combine).FirstOrDefault(File.Exists);
    }
}
