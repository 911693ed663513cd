using System.CommandLine;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary><c>init</c>: a new project that runs at once, or a new stage of one's own.</summary>
internal static class InitCommand
{
    private const string Pipeline = "pipelines/icd10-letter.yaml";

    public static Command Create(Screen screen)
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "The folder to make; without it, the one you are in.",
            Arity = ArgumentArity.ZeroOrOne,
        };
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
                MakeProject(screen, arguments.GetValue(folder) ?? arguments.GetValue(plugin));
            return ExitCode.Done;
        });
        return command;
    }

    /// <param name="folder">Null: the one the user is in, which may hold other things.</param>
    private static void MakeProject(Screen screen, string? folder)
    {
        var home = Installation.Find().Folder;
        string[] files = [Pipeline, "pipelines/pipeline.schema.json", .. Splits.All.Select(name => $"data/samples/icd10/{name}.csv")];
        var target = folder ?? WorkingFolder.Path;
        if (folder is not null)
            CheckEmpty(folder);
        else if (files.FirstOrDefault(file => Path.Exists(Path.Combine(target, file))) is { } there)
            throw new UsageException($"'{there}' is there already", "name a new folder: ./runner init my-project");
        foreach (var file in files)
            Copy(home, target, file);
        // The folder that marks the root of a project: paths in its files are relative to it.
        Directory.CreateDirectory(Path.Combine(target, ".pipelines"));
        if (Path.Combine(target, ".gitignore") is var ignored && !File.Exists(ignored))
            File.WriteAllText(ignored, ".pipelines/\nreports/\n");
        var shown = folder is null ? "" : folder.TrimEnd('/') + "/";
        screen.Out.WriteLine($"made {shown}{Pipeline}, with data in {shown}data");
        screen.Out.WriteLine($"run it: {Runner(home)} exec {ShellWord.Of(shown + Pipeline)}");
    }

    // As it can be typed here.
    private static string Runner(string home) =>
        home == WorkingFolder.Path ? "./runner" : ShellWord.Of(Path.Combine(home, "runner"));

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
