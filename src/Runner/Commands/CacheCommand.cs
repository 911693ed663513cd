using System.CommandLine;
using System.Globalization;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>cache</c>: what the store of this project holds, whether it is whole, removing what nobody needs, sharing.</summary>
internal static class CacheCommand
{
    private const int RunsKeptByDefault = 10;

    public static Command Create(Screen screen) =>
        new("cache", "Lists, checks, cleans and shares the results kept in .pipelines.")
        {
            List(screen), Verify(screen), Collect(screen), SharedResults.Push(screen), SharedResults.Pull(screen),
        };

    private static string Root => ProjectRoot.OfFolder(WorkingFolder.Path);

    private static Command List(Screen screen)
    {
        var json = JsonOption.Create();
        var command = new Command("list", "Lists the results, the latest first.") { json };
        command.SetAction(arguments =>
        {
            var results = CacheInventory.Of(Root);
            if (arguments.GetValue(json))
            {
                JsonOption.Write(screen, JsonOption.List(results, JsonOption.Of));
                return ExitCode.Done;
            }
            Write(screen, results);
            var size = results.SelectMany(result => result.Objects).Distinct().Count();
            screen.Out.WriteLine($"{Format.Count(results.Count, "result")} of {Format.Count(size, "artifact")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Screen screen, IReadOnlyList<CachedResult> results)
    {
        var kinds = results.Select(result => result.Kind.Length).DefaultIfEmpty().Max();
        foreach (var result in results)
            screen.Out.WriteLine(string.Join("  ",
                result.Fingerprint.Short, result.Kind.PadRight(kinds),
                result.Made.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Format.Bytes(result.Bytes).PadLeft(8), Format.Duration(result.Took).PadLeft(9), result.Note).TrimEnd());
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
            var state = found.Damaged.Count == 0 ? "all whole" : $"{Format.Count(found.Damaged.Count)} damaged";
            screen.Out.WriteLine($"{Format.Count(found.Objects, "artifact")}, {Format.Bytes(found.Bytes)}: {state}");
            return found.Damaged.Count == 0 || arguments.GetValue(evict) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Command Collect(Screen screen)
    {
        var keep = new Option<int>("--keep-runs")
        {
            Description = "Results of so many last runs stay.",
            DefaultValueFactory = _ => RunsKeptByDefault,
            HelpName = "n",
        };
        var olderThan = new Option<string?>("--older-than")
        {
            Description = "Only what was made longer ago, e.g. 7d or 12h.",
            HelpName = "age",
        };
        var maxSize = new Option<string?>("--max-size")
        {
            Description = "Only as much, the oldest first, as leaves so little, e.g. 2GB or 500MB.",
            HelpName = "size",
        };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Only says what would be removed." };
        var command = new Command("gc", "Removes results that no pipeline last used, none of the last runs used, and no lock file names.")
        {
            keep, olderThan, maxSize, dryRun,
        };
        command.SetAction(arguments =>
        {
            CacheRule rule = new(
                Math.Max(0, arguments.GetValue(keep)), Age(arguments.GetValue(olderThan)), Size(arguments.GetValue(maxSize)));
            var isDry = arguments.GetValue(dryRun);
            var collected = CacheCollection.Of(Root, rule, isDry, TimeProvider.System);
            if (isDry)
                Write(screen, collected.Removed);
            var counts = $"{Format.Count(collected.Results, "result")} and {Format.Count(collected.Objects, "artifact")}";
            var (removed, left) = ($"{counts}, {Format.Bytes(collected.Bytes)}", Format.Bytes(collected.Left));
            screen.Out.WriteLine(isDry ? $"would remove {removed}; {left} would stay" : $"removed {removed}; {left} stay");
            if (collected.Left > rule.MaxBytes)
                screen.Out.WriteLine($"more than {Format.Bytes(rule.MaxBytes.Value)}: "
                    + "the rest is needed by a pipeline, a lock file or one of the last runs (--keep-runs)");
            return ExitCode.Done;
        });
        return command;
    }

    private static TimeSpan? Age(string? text) => text is null ? null
        : DurationSyntax.TryParse(text, out var age) ? age
        : throw new UsageException($"--older-than takes an age up to 30 days, not '{text}'", "write e.g. 7d, 12h or 30m");

    private static long? Size(string? text) => text is null ? null
        : ByteSizeSyntax.TryParse(text, out var bytes) ? bytes
        : throw new UsageException($"--max-size takes a size, not '{text}'", "write e.g. 2GB, 500MB or 0");
}
