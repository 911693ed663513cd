using System.CommandLine;
using System.Globalization;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>cache</c>: what the store of this project holds, whether it is whole, and removing what nobody needs.</summary>
internal static class CacheCommand
{
    private const int RunsKeptByDefault = 10;

    public static Command Create(Screen screen) =>
        new("cache", "Lists, checks and cleans the results kept in .pipelines.") { List(screen), Verify(screen), Collect(screen) };

    private static string Root => ProjectRoot.OfFolder(Environment.CurrentDirectory);

    private static Command List(Screen screen)
    {
        var command = new Command("list", "Lists the results, the latest first.");
        command.SetAction(_ =>
        {
            var results = CacheInventory.Of(Root);
            var kinds = results.Select(result => result.Kind.Length).DefaultIfEmpty().Max();
            foreach (var result in results)
                screen.Out.WriteLine(string.Join("  ",
                    result.Fingerprint.Short, result.Kind.PadRight(kinds), result.Made.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    Shown.Bytes(result.Bytes).PadLeft(8), Shown.Duration(result.Took).PadLeft(9), result.Note).TrimEnd());
            var size = results.SelectMany(result => result.Objects).Distinct().Count();
            screen.Out.WriteLine($"{Shown.Count(results.Count, "result")} of {Shown.Count(size, "artifact")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Verify(Screen screen)
    {
        var evict = new Option<bool>("--evict") { Description = "Takes damaged artifacts out; they are made again when they are needed." };
        var command = new Command("verify", "Reads every byte of the store and compares it with what was written.") { evict };
        command.SetAction(arguments =>
        {
            var found = CacheVerification.Of(Root, arguments.GetValue(evict));
            foreach (var line in found.Damaged)
                screen.Out.WriteLine(line);
            screen.Out.WriteLine($"{Shown.Count(found.Objects, "artifact")}, {Shown.Bytes(found.Bytes)}: {(found.Damaged.Count == 0 ? "all whole" : $"{Shown.Count(found.Damaged.Count)} damaged")}");
            return found.Damaged.Count == 0 || arguments.GetValue(evict) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Command Collect(Screen screen)
    {
        var keep = new Option<int>("--keep-runs") { Description = "Results of so many last runs stay.", DefaultValueFactory = _ => RunsKeptByDefault, HelpName = "n" };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Only says what would be removed." };
        var command = new Command("gc", "Removes results that no pipeline last used, none of the last runs used, and no lock file names.") { keep, dryRun };
        command.SetAction(arguments =>
        {
            var collected = CacheCollection.Of(Root, Math.Max(0, arguments.GetValue(keep)), arguments.GetValue(dryRun), TimeProvider.System);
            var verb = arguments.GetValue(dryRun) ? "would remove" : "removed";
            screen.Out.WriteLine($"{verb} {Shown.Count(collected.Results, "result")} and {Shown.Count(collected.Objects, "artifact")}, {Shown.Bytes(collected.Bytes)}");
            return ExitCode.Done;
        });
        return command;
    }
}
