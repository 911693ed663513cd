using System.CommandLine;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Commands;

/// <summary>The pipeline file and the options that change it: the same for every command that takes one.</summary>
internal sealed class PipelineArguments
{
    public Argument<string> File { get; } = new("pipeline") { Description = "The pipeline file, e.g. pipelines/icd10-seq2seq.yaml." };

    private readonly Option<string[]> _variables = new("-p", "--param")
    {
        Description = "Sets a variable of the file: -p epochs=3.",
        HelpName = "name=value",
    };

    private readonly Option<string[]> _values = new("--set")
    {
        Description = "Sets any value of the file: --set stages.model.with.epochs=3.",
        HelpName = "path=value",
    };

    private readonly Option<string[]> _plugins = PluginOption.Create();

    private readonly Option<bool> _noPlugins = PluginOption.None();

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Only these stages and what they need.",
        HelpName = "stage",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Where torch computes: cpu or cuda.",
        DefaultValueFactory = _ => "cpu",
        HelpName = "device",
    };

    public static Option<bool> Light() => new("--light") { Description = "Leave heavy stages, and what needs them, as they last were." };

    public void AddTo(Command command)
    {
        _device.AcceptOnlyFromAmong("cpu", "cuda");
        command.Add(File);
        command.Add(_variables);
        command.Add(_values);
        command.Add(_plugins);
        command.Add(_noPlugins);
        command.Add(_only);
        command.Add(_device);
    }

    /// <param name="readAhead">Whether its results in the store will be asked for.</param>
    /// <param name="shared">Asked for results that its stages lack.</param>
    public OpenedPipeline Open(ParseResult arguments, bool readAhead = false, SharedCache? shared = null) => OpenedPipeline.Open(
        arguments.GetValue(File)!, Overrides(arguments), readAhead, shared);

    /// <exception cref="UsageException">A stage named by an option does not exist.</exception>
    public RunOptions Options(ParseResult arguments, OpenedPipeline pipeline, int? jobs = null, int? threads = null, bool keepGoing = false,
        IReadOnlyList<string>? force = null)
    {
        var only = Stages("--only", arguments.GetValue(_only) ?? [], pipeline.Plan);
        return new(
            pipeline.ProjectRoot, jobs ?? Environment.ProcessorCount, threads ?? Environment.ProcessorCount,
            arguments.GetValue(_device)!, keepGoing,
            only.Count > 0 ? only : null, Stages("--force", force ?? [], pipeline.Plan),
            pipeline.Installation.Engine, CommandLineText(arguments));
    }

    /// <summary>The file and its overrides as they were typed, for the command that goes on after a failure.</summary>
    public string Repeated(ParseResult arguments) =>
        string.Join(' ', Overrides(arguments).Words.Prepend(ShellWord.Of(arguments.GetValue(File)!)));

    private Overrides Overrides(ParseResult arguments) => new(arguments.GetValue(_variables) ?? [], arguments.GetValue(_values) ?? [])
    {
        Plugins = arguments.GetValue(_plugins) ?? [],
        LeavesPluginsOut = arguments.GetValue(_noPlugins),
    };

    /// <summary>The ids that names mean: a stage, all its cells, or one cell.</summary>
    private static HashSet<string> Stages(string option, IReadOnlyList<string> names, Plan plan)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        if (names.Count == 0)
            return ids;
        StageNames known = new(plan);
        foreach (var name in names)
            ids.UnionWith(known.Find(name, $"{option}: ").Select(stage => stage.Id));
        return ids;
    }

    private static string CommandLineText(ParseResult arguments) =>
        string.Join(' ', arguments.Tokens.Select(token => ShellWord.Of(token.Value)));
}
