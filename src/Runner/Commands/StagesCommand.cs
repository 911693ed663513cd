using System.CommandLine;
using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Commands;

/// <summary><c>stages</c>: the kinds of stages there are, or all about one.</summary>
internal static class StagesCommand
{
    public static Command Create(Screen screen)
    {
        var kind = new Argument<string?>("kind") { Description = "A kind: verb/what.", Arity = ArgumentArity.ZeroOrOne };
        var plugins = PluginOption.Create();
        var command = new Command("stages", "Lists the kinds of stages, or shows ports, parameters and an example of one.")
        {
            kind, plugins,
        };
        command.SetAction(arguments =>
        {
            var catalog = PluginOption.Catalog(arguments.GetValue(plugins));
            if (arguments.GetValue(kind) is { } name)
                Describe(screen, catalog.Find(name)
                    ?? throw new UsageException($"there is no stage kind '{name}'", Nearest.Help(name, catalog.Kinds, "kinds")));
            else
                List(screen, catalog);
            return ExitCode.Done;
        });
        return command;
    }

    private static void List(Screen screen, StageCatalog catalog)
    {
        var width = catalog.Kinds.Max(kind => kind.Length);
        foreach (var kind in catalog.Kinds)
            screen.Out.WriteLine($"{kind.PadRight(width)}  {catalog.Find(kind)?.Manifest.Summary.In("en")}");
    }

    private static void Describe(Screen screen, StageKind kind)
    {
        var (spec, manifest) = (kind.Spec, kind.Manifest);
        screen.Out.WriteLine($"{spec.Kind} (version {spec.Version}): {manifest.Summary.In("en")}");
        if (manifest.Details is { } details)
            screen.Out.WriteLine($"\n{details.Trim()}");
        Section(screen, "inputs", spec.Inputs.Select(port => (
            $"{port.Name}{(port.Optional ? "?" : "")}", port.Many ? Word(port.Artifact).TrimEnd('s') + "s" : Word(port.Artifact),
            manifest.Inputs.GetValueOrDefault(port.Name)?.In("en"))));
        Section(screen, "outputs",
            spec.Outputs.Select(port => (port.Name, Word(port.Artifact), manifest.Outputs.GetValueOrDefault(port.Name)?.In("en"))));
        Section(screen, "parameters", manifest.Parameters.OrderBy(entry => Order(spec, entry.Key)).Select(entry => (
            entry.Key, DefaultOf(spec, entry.Key), (string?)WithRange(entry.Value))));
        if (manifest.Example is { } example)
            screen.Out.WriteLine($"\nexample:\n  {example.Trim().Replace("\n", "\n  ", StringComparison.Ordinal)}");
    }

    private static void Section(Screen screen, string title, IEnumerable<(string Name, string Type, string? Text)> entries)
    {
        var rows = entries.ToArray();
        if (rows.Length == 0)
            return;
        screen.Out.WriteLine($"\n{title}:");
        int name = rows.Max(row => row.Name.Length), type = rows.Max(row => row.Type.Length);
        foreach (var row in rows)
            screen.Out.WriteLine($"  {row.Name.PadRight(name)}  {row.Type.PadRight(type)}  {row.Text}".TrimEnd());
    }

    private static string Word(ArtifactKind kind) => kind.ToString().ToLowerInvariant();

    private static int Order(StageSpec spec, string path)
    {
        for (var i = 0; i < spec.Parameters.Count; i++)
            if (spec.Parameters[i].Name == path.Split('.')[0])
                return i;
        return spec.Parameters.Count;
    }

    private static string DefaultOf(StageSpec spec, string path) =>
        spec.Parameters.FirstOrDefault(parameter => parameter.Name == path) is not { } parameter ? ""
        : parameter.Required ? "required"
        : $"= {Default(parameter.Default)}";

    private static string Default(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        Enum word => PortName.Dashed(word.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static string WithRange(ParameterManifest parameter)
    {
        var text = parameter.Text.In("en");
        if (parameter.Choices is { } choices)
            return $"{text} One of {string.Join(", ", choices)}.";
        return parameter.Range.Length == 0 ? text : $"{text} ({parameter.Range})";
    }
}
