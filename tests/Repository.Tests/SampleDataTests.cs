using System.Diagnostics;
using Pipelines.TestKit;

namespace Pipelines.Tests.Repository;

public sealed class SampleDataTests
{
    private const string Folder = "data/samples/icd10";

    [PythonFact]
    public void The_sample_data_are_what_their_script_writes()
    {
        using TempWorkspace workspace = new();
        Python.Run(RepositoryFiles.Absolute(Folder), "-B", "make.py", workspace.Root);

        var files = workspace.Files();

        Assert.Equal(["codes.csv", "test.csv", "train.csv", "validation.csv"], files);
        foreach (var file in files)
            Assert.Equal(RepositoryFiles.Read($"{Folder}/{file}"), workspace.Read(file));
    }

    /// <summary>Skipped, with the reason, where there is no python3.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PythonFactAttribute : FactAttribute
    {
        public PythonFactAttribute() => Skip = Python.IsThere ? null : "python3 is not installed";
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
