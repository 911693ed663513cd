using System.Globalization;

namespace Pipelines.Benchmarks;

/// <summary>
/// Ten chains of trivial stages from one file of twenty rows, written for the runner, for ninja and for Snakemake (as done already).
/// </summary>
internal static class ManyStages
{
    private const int Chains = 10;

    public static void Write(string folder, int count)
    {
        Directory.CreateDirectory(Path.Combine(folder, ".pipelines"));
        File.WriteAllLines(Path.Combine(folder, "rows.csv"),
            Enumerable.Range(0, 20).Select(i => Text($"some words number {i},L{i % 3}")).Prepend("text,label"));
        File.WriteAllLines(Path.Combine(folder, "p.yaml"), Numbers(count).Select(i =>
            Text($"  s{i}: {{ uses: split/random, from: {Before(i, "s", "rows")}, with: {{ seed: {i}, train: 0.5, validation: 0.25 }} }}"))
            .Prepend("pipeline: many\nstages:\n  rows: { uses: load/csv, with: { file: rows.csv, label: label } }"));
        File.WriteAllLines(
            Path.Combine(folder, "build.ninja"), Numbers(count).Select(i => Text($"build out/{i}: touch {Before(i, "out/", "rows.csv")}"))
            .Prepend("rule touch\n  command = touch $out"));
        File.WriteAllLines(Path.Combine(folder, "Snakefile"), Numbers(count).Select(i =>
            Text($"rule s{i}:\n    input: '{Before(i, "out/", "rows.csv")}'\n    output: 'out/{i}'\n    shell: 'touch {{output}}'"))
            .Prepend(
                Text($"rule all:\n    input: {string.Join(", ", Numbers(count).Reverse().Take(Chains).Select(i => Text($"'out/{i}'")))}")));
        Directory.CreateDirectory(Path.Combine(folder, "out"));
        foreach (var i in Numbers(count))
            File.WriteAllText(Path.Combine(folder, "out", Text($"{i}")), "");
    }

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(1, count - 1);

    private static string Before(int i, string prefix, string first) => i <= Chains ? first : Text($"{prefix}{i - Chains}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
