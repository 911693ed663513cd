using System.Diagnostics;
using System.Globalization;
using Pipelines.Runner.Commands;
using Pipelines.Runner.Terminal;
using Pipelines.TestKit;
using Pipelines.TestKit.Fuzzing;

namespace Pipelines.Tests.Runner.Fuzzing;

/// <summary>Mutated command lines, in a process of their own: they may write into the working folder.</summary>
internal static class FuzzedCommands
{
    public const string Command = "fuzz-commands";

    private const string Pipeline = """
        pipeline: p
        vars: { file: rows.csv, number: 1 }
        stages:
          rows: { uses: load/csv, with: { file: "${file}", label: label } }
          parts: { uses: split/random, from: rows, with: { seed: "${number}" } }
          lengths: { uses: describe/lengths, from: parts }

        """;

    private static readonly string[][] Lines =
    [
        ["exec", "p.yaml", "-p", "number=2", "--jobs", "1", "--keep-going"],
        ["exec", "p.yaml", "--set", "stages.parts.with.train=0.5", "--only", "parts", "--json"],
        ["exec", "p.yaml", "--force", "rows", "--dry-run"], ["plan", "p.yaml", "--why", "--only", "parts"], ["status", "p.yaml"],
        ["graph", "p.yaml"], ["report", "p.yaml"],
        ["show", "p.yaml", "parts", "--rows", "3", "--from", "1", "--columns", "text"], ["predict", "p.yaml", "some text", "--top", "2"],
        ["runs"], ["compare", "a", "b"],
        ["cache", "list"], ["cache", "verify", "--evict"], ["cache", "gc", "--dry-run", "--keep-runs", "3"],
        ["reproduce", "p.yaml", "--tolerance", "0.1"], ["stages", "load/csv"],
        ["stages"], ["validate", "p.yaml"], ["doctor"], ["--help"], ["--version"], ["exec", "--help"],
    ];

    /// <summary>Starts the process and waits for its end.</summary>
    /// <returns>What it found, for people.</returns>
    public static string Start(int seed, int count)
    {
        using var workspace = new TempWorkspace();
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "exec", typeof(FuzzedCommands).Assembly.Location, Command, Text(seed), Text(count) },
            WorkingDirectory = workspace.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output.Trim();
    }

    /// <summary>In the process itself.</summary>
    public static async Task<int> RunAsync(string seed, string count)
    {
        Directory.CreateDirectory(".pipelines");
        await File.WriteAllTextAsync("p.yaml", Pipeline);
        await File.WriteAllTextAsync("rows.csv", "text,label\nun deux,A\ntrois,B\nquatre cinq six,A\n");
        var fuzzing = new Fuzzer(
            int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), hasProcess: true);
        await fuzzing.RunAsync(Mutated, FeedAsync, line => string.Join(" ␣ ", line));
        await Console.Out.WriteLineAsync(fuzzing.ToString());
        return 0;
    }

    private static async Task FeedAsync(string[] line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var screen = new Screen(new StringReader(""), output, error, IsInteractive: false, HasColor: false, Width: 80);
        var code = await CommandLine.RunAsync(line, screen, CancellationToken.None);
        Assert.InRange(code, ExitCode.Done, ExitCode.BadInput);
        Assert.True(output.ToString().Length + error.ToString().Length > 0, $"nothing was said, code {code}");
    }

    private static string[] Mutated(Random random)
    {
        var line = Lines[random.Next(Lines.Length)].ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var other = Lines[random.Next(Lines.Length)];
            var at = random.Next(line.Count);
            switch (random.Next(5))
            {
                case 0:
                    line.RemoveAt(at);
                    break;
                case 1:
                    line.Insert(at, line[random.Next(line.Count)]);
                    break;
                case 2:
                    line.Insert(at, other[random.Next(other.Length)]);
                    break;
                default:
                    line[at] = TextMutation.Of(line[at], other[random.Next(other.Length)], random);
                    break;
            }
            if (line.Count == 0)
                line.Add("");
        }
        // Nothing may be written outside of the working folder, and no argument of a process holds a NUL.
        return [.. line.Select(word => word.Replace("/", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal))];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
