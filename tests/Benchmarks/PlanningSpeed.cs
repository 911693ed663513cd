using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Pipelines.Benchmarks;

/// <summary>
/// Planning and doing nothing with many stages, and what a stage costs beside its work; in the same run ninja and Snakemake with nothing to
/// do on the same graph. <c>planning [STAGES...]</c>.
/// </summary>
internal static class PlanningSpeed
{
    private const int Repetitions = 5;
    private const int MaxStagesOfSnakemake = 1_000;

    public static int Run(string[] arguments)
    {
        var counts = arguments.Length > 0 ? arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture)) : [10, 1_000, 10_000];
        Console.WriteLine(" stages    first run  a stage     plan  nothing to do    ninja  ratio  snakemake  ratio");
        var folder = Directory.CreateTempSubdirectory("planning-").FullName;
        foreach (var count in counts)
            Console.WriteLine(Line(Path.Combine(folder, count.ToString(CultureInfo.InvariantCulture)), count));
        // At the end: for minutes after many files were removed, ext4 takes several times as long to make new ones.
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static string Line(string folder, int count)
    {
        ManyStages.Write(folder, count);
        var runner = Path.Combine(Home, "runner");
        var first = Seconds(folder, runner, "exec", "p.yaml", "--no-report") ?? throw new InvalidOperationException("The runner failed.");
        var plan = Best(folder, runner, "plan", "p.yaml");
        var nothing = Best(folder, runner, "exec", "p.yaml", "--no-report");
        var ninja = Best(folder, "ninja");
        var snakemake = count > MaxStagesOfSnakemake
            ? null
            : Best(folder, "snakemake", "--cores", "1", "--rerun-triggers", "mtime", "--quiet");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count,7:N0} {first,10:F2} s {(first - nothing) / count * 1000,5:F1} ms {plan,6:F2} s {nothing,12:F2} s  "
            + $"{Text(ninja)} {Ratio(nothing, ninja)}  {Text(snakemake),9} {Ratio(nothing, snakemake)}");
    }

    private static double? Best(string folder, string command, params string[] arguments)
    {
        double? best = null;
        for (var i = 0; i < Repetitions && (i == 0 || best is not null); i++)
            best = Seconds(folder, command, arguments) is { } seconds ? Math.Min(best ?? seconds, seconds) : null;
        return best;
    }

    /// <summary>Null: the command is not installed.</summary>
    private static double? Seconds(string folder, string command, params string[] arguments)
    {
        try
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo(command, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? watch.Elapsed.TotalSeconds
                : throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {error.Result}");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string Text(double? seconds) =>
        seconds is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known,5:F2} s") : "      -";

    private static string Ratio(double? ours, double? theirs) =>
        ours is { } a && theirs is { } b ? string.Create(CultureInfo.InvariantCulture, $"{a / b,6:F2}") : "     -";

    private static string Home
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Pipelines.sln")))
                folder = Path.GetDirectoryName(folder)
                    ?? throw new DirectoryNotFoundException("The benchmarks must run below the folder of Pipelines.sln.");
            return folder;
        }
    }
}
