using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.TestKit.Fuzzing;
using Pipelines.TestKit.Stages;
using Xunit.Abstractions;

namespace Pipelines.Tests.Runner.Fuzzing;

/// <summary>Whatever is in a file: a plan, or diagnostics that say why there is none.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;

    // Thousands of runs in one folder would be what is tried, not the command line.
    private const int CommandLinesOfAFolder = 5_000;

    [Fact]
    public async Task A_damaged_pipeline_gives_diagnostics_or_a_plan()
    {
        var texts = Texts(Path.Combine(TestKit.Golden.FolderOf(), "..", "Golden"))
            .Concat(Texts(Path.Combine(Home, "pipelines"))).ToList();
        var fuzzing = new Fuzzer(Seed, Fuzzer.Count(4_000));

        await fuzzing.RunAsync(random => (Text: Mutated(texts, random), Base: Mutated(texts, random)), input =>
        {
            var plan = Plan.Read(new("fuzz.yaml", input.Text), path => path.EndsWith('a') ? new(path, input.Base) : null, Overrides.None,
                FakeStages.Catalog);
            Check(plan.Value is not null, plan.Diagnostics);
            return Task.CompletedTask;
        }, input => input.Text);

        output.WriteLine($"pipelines: {fuzzing}");
    }

    [Fact]
    public async Task Damaged_overrides_give_diagnostics_or_a_plan()
    {
        const string Pipeline =
            "pipeline: x\nvars: { a: 1 }\nstages:\n  rows: { uses: load/fake, with: { train: f, text: \"${a}\", columns: [a] } }\n";
        string[] variables = ["a=[1, \"b\"]", "a=", "a=${a}", "=1"],
        values = ["stages.rows.with.columns.0={a: [1, 2]}", "stages.rows.matrix.x=[1,2]", "seed=7", "stages.new.uses=note"];
        var fuzzing = new Fuzzer(Seed, Fuzzer.Count(2_000));

        await fuzzing.RunAsync(random => (Variable: Mutated(variables, random), Value: Mutated(values, random)), input =>
        {
            var plan = Plan.Read(new("fuzz.yaml", Pipeline), _ => null, new([input.Variable], [input.Value]), FakeStages.Catalog);
            Check(plan.Value is not null, plan.Diagnostics);
            return Task.CompletedTask;
        }, input => $"-p {input.Variable} --set {input.Value}");

        output.WriteLine($"overrides: {fuzzing}");
    }

    [Fact]
    public async Task A_damaged_manifest_gives_words_and_diagnostics()
    {
        var texts = Texts(Path.Combine(Home, "stages")).ToList();
        var fuzzing = new Fuzzer(Seed, Fuzzer.Count(2_000));

        await fuzzing.RunAsync(random => Mutated(texts, random), text =>
        {
            var manifest = Manifest.Parse(new("stages/fuzz.yaml", text));
            Check(manifest.Value is not null, manifest.Diagnostics);
            return Task.CompletedTask;
        }, text => text);

        output.WriteLine($"manifests: {fuzzing}");
    }

    [Fact]
    public void Damaged_command_lines_end_with_words_and_a_known_code()
    {
        var count = Fuzzer.Count(600);
        for (var done = 0; done < count; done += CommandLinesOfAFolder)
            output.WriteLine($"command lines: {FuzzedCommands.Start(Seed + done, Math.Min(CommandLinesOfAFolder, count - done))}");
    }

    private static string Home { get; } = FindHome();

    private static string FindHome()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Pipelines.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("The tests must run below the folder of Pipelines.sln.");
        return folder;
    }

    private static IEnumerable<string> Texts(string folder) =>
        Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private static string Mutated(IReadOnlyList<string> texts, Random random) =>
        TextMutation.Of(texts[random.Next(texts.Count)], texts[random.Next(texts.Count)], random);

    private static void Check(bool hasValue, IReadOnlyList<Diagnostic> diagnostics)
    {
        Assert.True(hasValue || diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error));
        Assert.DoesNotContain(DiagnosticFormat.Render(diagnostics), character => char.IsControl(character) && character != '\n');
    }
}
