using System.Diagnostics;
using System.IO.Compression;
using Pipelines.TestKit;

namespace Pipelines.Tests.Repository;

public sealed class SampleDataTests
{
    public static TheoryData<string> Scripts => [.. RepositoryFiles.In("data/samples", "/make.py")];

    [PythonTheory]
    [MemberData(nameof(Scripts))]
    public void The_sample_data_are_what_their_script_writes(string script)
    {
        var folder = RepositoryFiles.Absolute(Path.GetDirectoryName(script)!);
        using TempWorkspace workspace = new();
        Python.Run(folder, "-B", "make.py", workspace.Root);

        var files = workspace.Files();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(
            Content(Path.Combine(folder, file)), Content(Path.Combine(workspace.Root, file))));
    }

    // What versions of zlib compress differently is the same text.
    private static byte[] Content(string path)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Skipped, with the reason, where there is no python3.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PythonTheoryAttribute : TheoryAttribute
    {
        public PythonTheoryAttribute() => Skip = Python.IsThere ? null : "python3 is not installed";
    }

    private static class Python
    {
        private const string Program = "python3";

        public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, Program)));

        public static void Run(string folder, params string[] arguments)
        {
            using var process = Process.Start(
                new ProcessStartInfo(Program, arguments) { WorkingDirectory = folder, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
        }
    }
}
