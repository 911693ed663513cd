namespace Pipelines.Runner.Commands;

/// <summary>Where the user stands, which paths on the command line are relative to; nothing but commands depends on it.</summary>
internal static class WorkingFolder
{
#pragma warning disable RS0030 // The one place that asks for it.
    public static string Path => Environment.CurrentDirectory;
#pragma warning restore RS0030

    public static string Absolute(string path) => System.IO.Path.GetFullPath(path, Path);
}
