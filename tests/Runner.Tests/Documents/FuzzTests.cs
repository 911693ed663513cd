using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.TestKit.Stages;

namespace Pipelines.Tests.Runner.Documents;

public sealed class FuzzTests
{
    private static readonly string[] Pieces =
        ["\t", "\n", "  ", "- ", ": ", "${", "}", "${a}", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "!x ", "---\n", "|\n", ">", "#", "? ", ",", "null", "\0", "\uFEFF",
            "1e9", "é", "\u2028", "\ud800", "%", "@", "\\", "<<: ", "stages:", "uses: note", "extends: a", "vars:"];

    [Fact]
    public void A_damaged_pipeline_gives_diagnostics_or_a_plan_and_never_an_exception()
    {
        var texts = Directory.EnumerateFiles(TestKit.Golden.FolderOf() + "/../Golden", "*.yaml", SearchOption.AllDirectories)
            // Those that spread to millions of characters before they are refused take their time.
            .Where(path => !path.Contains("bomb", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        Random random = new(20240501);
        for (var i = 0; i < 4_000; i++)
        {
            var text = texts[random.Next(texts.Count)];
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                text = Changed(text, random);
            var plan = Plan.Read(new("fuzz.yaml", text), path => path.EndsWith('a') ? new(path, texts[i % texts.Count]) : null, Overrides.None, FakeStages.Catalog);
            Assert.True(plan.Value is not null || plan.HasErrors, text);
            Assert.DoesNotContain(DiagnosticText.Render(plan.Diagnostics), character => char.IsControl(character) && character != '\n');
        }
    }

    [Fact]
    public void Damaged_overrides_give_diagnostics_or_a_plan_and_never_an_exception()
    {
        const string Pipeline = "pipeline: x\nvars: { a: 1 }\nstages:\n  rows: { uses: load/fake, with: { train: f, text: \"${a}\", columns: [a] } }\n";
        Random random = new(20240502);
        for (var i = 0; i < 2_000; i++)
        {
            var variable = Changed("a=[1, \"b\"]", random);
            var value = Changed("stages.rows.with.columns.0={a: [1, 2]}", random);
            var plan = Plan.Read(new("fuzz.yaml", Pipeline), _ => null, new([variable], [value]), FakeStages.Catalog);
            Assert.True(plan.Value is not null || plan.HasErrors, $"{variable} {value}");
            DiagnosticText.Render(plan.Diagnostics);
        }
    }

    private static string Changed(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 12), text.Length - at);
        return random.Next(5) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text[..at],
            3 => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
            _ => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
        };
    }
}
