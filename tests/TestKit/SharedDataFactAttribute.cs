using System.Runtime.CompilerServices;
using Xunit;

namespace Pipelines.TestKit;

/// <summary>
/// A test on real data that are no part of the project: skipped where the folder <c>shared/data</c> is not beside it or above.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] files)
    {
        if (files.FirstOrDefault(file => !File.Exists(PathOf(file))) is { } missing)
            Skip = $"shared/data/{missing} is not beside the project";
    }

    public static string PathOf(string file) => Path.Combine(Folder() ?? "", file);

    private static string? Folder([CallerFilePath] string caller = "")
    {
        for (var folder = new DirectoryInfo(Golden.FolderOf(caller)); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "data")))
                return Path.Combine(folder.FullName, "shared", "data");
        return null;
    }
}
