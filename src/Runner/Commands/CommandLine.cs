using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary>All commands, and the one place where what goes wrong becomes words and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>One command; only the one that is asked for is made, since making all of them would cost every start.</summary>
    private static readonly IReadOnlyDictionary<string, Func<Screen, Command>> Commands = new Dictionary<string, Func<Screen, Command>>(
        StringComparer.Ordinal)
    {
        ["exec"] = ExecCommand.Create,
        ["plan"] = PlanCommand.Create,
        ["status"] = StatusCommand.Create,
        ["graph"] = GraphCommand.Create,
        ["report"] = ReportCommand.Create,
        ["show"] = ShowCommand.Create,
        ["predict"] = PredictCommand.Create,
        ["explain"] = ExplainCommand.Create,
        ["runs"] = RunsCommand.Create,
        ["compare"] = CompareCommand.Create,
        ["cache"] = CacheCommand.Create,
        ["reproduce"] = ReproduceCommand.Create,
        ["verify"] = VerifyCommand.Create,
        ["stages"] = StagesCommand.Create,
        ["schema"] = SchemaCommand.Create,
        ["validate"] = ValidateCommand.Create,
        ["doctor"] = DoctorCommand.Create,
        ["serve"] = ServeCommand.Create,
        ["init"] = InitCommand.Create,
    };

    // A text that begins with @ is a text, not a file of further arguments.
    private static readonly ParserConfiguration Grammar = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Screen screen, CancellationToken cancellation)
    {
        var parsed = Root(arguments, screen).Parse(arguments, Grammar);
        if (parsed.Errors.Count > 0)
            return Say(parsed.Errors[0].Message, HelpFor(arguments, parsed));
        if (UnknownOption(parsed) is { } unknown)
            return Say($"there is no option '{unknown}'", HelpForOption(parsed, unknown)
                ?? $"see: ./runner {arguments[0]} --help; before a text that begins with a dash, write --");
        return await GuardAsync(screen, arguments, () => parsed.InvokeAsync(Invocation(screen), cancellation), cancellation)
            .ConfigureAwait(false);

        int Say(string message, string? help) =>
            CommandLine.Say(screen, EventsOf(screen, arguments), message, help, ExitCode.BadInput);
    }

    /// <summary>Turns what goes wrong in a command into words and an exit code.</summary>
    internal static async Task<int> GuardAsync(
        Screen screen, IReadOnlyList<string> arguments, Func<Task<int>> command, CancellationToken cancellation)
    {
        var events = EventsOf(screen, arguments);
        try
        {
            return await command().ConfigureAwait(false);
        }
        catch (DiagnosticsException error)
        {
            events.WriteEvents(error.Diagnostics);
            await screen.Error.WriteAsync(DiagnosticFormat.Render(error.Diagnostics, screen.Width)).ConfigureAwait(false);
            return ExitCode.BadInput;
        }
        catch (UsageException error)
        {
            return Say(error.Message, error.Help);
        }
        catch (StorageException error)
        {
            return Say(error.Message, error.Help);
        }
        catch (ReportException error)
        {
            return Say(error.Message, null);
        }
        catch (DamagedArtifactException error)
        {
            return Say(
                error.Message, "'./runner cache verify --evict' takes it out of the store, and the next run makes it again",
                ExitCode.Failed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Say(error.Message, HelpFor(error), ExitCode.Failed);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error)
        {
            return Say($"internal error: {error.Message}", Fault.Help(error, arguments), ExitCode.Failed);
        }

        int Say(string message, string? help, int code = ExitCode.BadInput) => CommandLine.Say(screen, events, message, help, code);
    }

    private static int Say(Screen screen, TextWriter events, string message, string? help, int code)
    {
        events.WriteError(message, help);
        screen.Error.WriteLine($"error: {message}");
        if (help is not null)
            screen.Error.WriteLine($"  help: {help}");
        return code;
    }

    private static TextWriter EventsOf(Screen screen, IReadOnlyList<string> arguments) =>
        arguments is ["exec" or "validate", ..] && arguments.Contains("--json") ? screen.Out : TextWriter.Null;

    /// <summary>The grammar of these arguments: their one command, or all of them.</summary>
    internal static Command Root(IReadOnlyList<string> arguments, Screen screen)
    {
        // No RootCommand: its name is that of the assembly, and help has to say what a user types.
        var root = new Command(
            "./runner", "Runs NLP experiments written as YAML: cached stages, Parquet in between, one HTML report at the end.")
        {
            new HelpOption(), new VersionOption(),
        };
        if (arguments.Count > 0 && Commands.TryGetValue(arguments[0], out var create))
            root.Add(create(screen));
        else
            foreach (var command in Commands.Values)
                root.Add(command(screen));
        return root;
    }

    private static InvocationConfiguration Invocation(Screen screen) => new()
    {
        Output = screen.Out,
        Error = screen.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    // A command that takes many texts would take an option it does not know for one of them.
    private static string? UnknownOption(ParseResult parsed)
    {
        var all = parsed.Tokens.ToList();
        var isOpen = all.FindIndex(token => token.Type == TokenType.DoubleDash);
        var texts = parsed.CommandResult.Command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? [])
            .Select(token => token.Value).ToList();
        return texts.SkipLast(isOpen < 0 ? 0 : all.Count - isOpen - 1).FirstOrDefault(text => text is ['-', not ' ', ..]);
    }

    private static string? HelpFor(Exception error) => error switch
    {
        IOException disk when StageFailure.IsDiskFull(disk) => StageFailure.HelpWhenFull,
        DirectoryNotFoundException => "was a folder renamed or removed meanwhile? run again where it is now: what is done is kept",
        _ => null,
    };

    private static string? HelpForOption(ParseResult parsed, string option) =>
        Nearest.To(option, [.. parsed.CommandResult.Command.Options.Select(known => known.Name)]) is { } nearest
            ? $"did you mean '{nearest}'?"
            : null;

    private static string? HelpFor(IReadOnlyList<string> arguments, ParseResult parsed)
    {
        if (arguments.Count > 0 && !arguments[0].StartsWith('-') && !Commands.ContainsKey(arguments[0]))
            return Nearest.To(arguments[0], Commands.Keys) is { } command
                ? $"did you mean '{command}'?"
                : $"the commands are {string.Join(", ", Commands.Keys)}";
        var unknown = parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-'));
        return (unknown is null ? null : HelpForOption(parsed, unknown))
            ?? $"see: ./runner {string.Join(' ', arguments.Take(1))} --help";
    }
}
