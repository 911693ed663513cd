using System.CommandLine;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>init</c>: a new project that runs at once.</summary>
internal static class InitCommand
{
    public static Command Create(Screen screen)
    {
        var folder = new Argument<string>("folder") { Description = "The folder to make." };
        var command = new Command("init", "Makes a new project: a pipeline that runs at once, with sample data.") { folder };
        command.SetAction(arguments =>
        {
            var target = arguments.GetValue(folder)!;
            if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
                throw new UsageException($"'{target}' is there already and is not empty", "name a new folder");
            Make(Installation.Find().Folder, target);
            screen.Out.WriteLine($"made {target}/pipelines/icd10-letter.yaml, with data in {target}/data");
            screen.Out.WriteLine($"run it: ./runner exec {target}/pipelines/icd10-letter.yaml");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Make(string home, string target)
    {
        Copy(home, target, "pipelines/icd10-letter.yaml");
        Copy(home, target, "pipelines/pipeline.schema.json");
        foreach (var name in new[] { "train", "validation", "test" })
            Copy(home, target, $"data/samples/icd10/{name}.csv");
        // The folder that marks the root of a project: paths in its files are relative to it.
        Directory.CreateDirectory(Path.Combine(target, ".pipelines"));
        File.WriteAllText(Path.Combine(target, ".gitignore"), ".pipelines/\nreports/\n");
    }

    private static void Copy(string home, string target, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, path))!);
        File.Copy(Path.Combine(home, path), Path.Combine(target, path));
    }
}
