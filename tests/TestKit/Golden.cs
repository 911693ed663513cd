using System.Runtime.CompilerServices;
using Xunit;

namespace Pipelines.TestKit;

/// <summary>
/// Compares a text with a generated file; <c>UPDATE_GOLDEN=1</c> rewrites the file instead, and <c>./regenerate</c> all of them.
/// </summary>
public static class Golden
{
    /// <summary>The trait of tests that write what is generated, by which <c>./regenerate</c> finds them.</summary>
    public const string Writes = "Writes";

    public const string Generated = "Generated";

    /// <summary>Whether generated files are to be written, not compared.</summary>
    public static bool IsWriting => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <summary>The folder of the calling source file: tests read their cases from the sources.</summary>
    public static string FolderOf([CallerFilePath] string caller = "") => Path.GetDirectoryName(Resolved(caller))!;

    public static void Check(string path, string actual)
    {
        if (IsWriting)
            File.WriteAllText(path, actual);
        else
        {
            Assert.True(File.Exists(path), $"{path} is missing; ./regenerate writes it.");
            Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
        }
    }

    /// <summary>Undoes the PathMap of the build, which writes <c>/_/</c> for the root of the repository.</summary>
    private static string Resolved(string caller)
    {
        const string Mapped = "/_/";
        if (!caller.StartsWith(Mapped, StringComparison.Ordinal))
            return caller;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Pipelines.sln")))
                return Path.Combine(folder.FullName, caller[Mapped.Length..]);
        throw new InvalidOperationException("The repository is not above the tests.");
    }
}
