using System.CommandLine;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary><c>init</c>: a new project that runs at once, or a new stage of one's own.</summary>
internal static class InitCommand
{
    public static Command Create(Screen screen)
    {
        var folder = new Argument<string?>("folder") { Description = "The folder to make.", Arity = ArgumentArity.ZeroOrOne };
        var stage = new Option<string?>("--stage")
        {
            Description = "Makes a plugin with a stage of this kind instead, e.g. my/stage.",
            HelpName = "kind",
        };
        var plugin = new Option<string?>("--folder")
        {
            Description = "Where to make the plugin; without it, plugins/<verb>.",
            HelpName = "folder",
        };
        var command = new Command(
            "init", "Makes a new project that runs at once, with sample data; with --stage a plugin with a stage of your own.")
        {
            folder, stage, plugin,
        };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(stage) is { } kind)
                MakeStage(screen, kind, arguments.GetValue(plugin) ?? arguments.GetValue(folder) ?? $"plugins/{kind.Split('/')[0]}");
            else
                MakeProject(screen, arguments.GetValue(folder) ?? arguments.GetValue(plugin)
                    ?? throw new UsageException(
                        "init needs a folder to make, or --stage", "runner init my-project, or: runner init --stage my/stage"));
            return ExitCode.Done;
        });
        return command;
    }

    private static void MakeProject(Screen screen, string target)
    {
        CheckEmpty(target);
        var home = Installation.Find().Folder;
        Copy(home, target, "pipelines/icd10-letter.yaml");
        Copy(home, target, "pipelines/pipeline.schema.json");
        foreach (var name in Splits.All)
            Copy(home, target, $"data/samples/icd10/{name}.csv");
        // The folder that marks the root of a project: paths in its files are relative to it.
        Directory.CreateDirectory(Path.Combine(target, ".pipelines"));
        File.WriteAllText(Path.Combine(target, ".gitignore"), ".pipelines/\nreports/\n");
        screen.Out.WriteLine($"made {target}/pipelines/icd10-letter.yaml, with data in {target}/data");
        screen.Out.WriteLine($"run it: ./runner exec {target}/pipelines/icd10-letter.yaml");
    }

    private static void MakeStage(Screen screen, string kind, string target)
    {
        if (!KindName.IsKind(kind))
            throw new UsageException(
                $"'{kind}' cannot name a stage kind", "a kind is 'verb/what' in small letters, digits and dashes, e.g. my/stage");
        var installation = Installation.Find();
        if (installation.Catalog.Find(kind) is not null)
            throw new UsageException($"the runner has the kind '{kind}' already", "choose another name");
        CheckEmpty(target);
        new StageProject(kind, target, installation.Folder).Write();
        screen.Out.WriteLine($"made {target}: {KindName.ClassOf(kind)}.cs, its manifest {KindName.ManifestOf(kind)}, and tests");
        screen.Out.WriteLine($"build it: dotnet build {target}");
        screen.Out.WriteLine($"use it:   plugins: [{target}] in a pipeline; ./runner stages {kind} --plugin {target}");
    }

    private static void CheckEmpty(string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new UsageException($"'{target}' is there already and is not empty", "name a new folder");
    }

    private static void Copy(string home, string target, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, path))!);
        File.Copy(Path.Combine(home, path), Path.Combine(target, path));
    }
}
