using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Stages;

namespace Pipelines.Tests.Runner.Execution;

public sealed class SweepTests
{
    private const string Yaml = """
        pipeline: x
        stages:
          rows: { uses: load/fake, with: { train: a.csv, text: t } }
          words: { uses: tokenize/fake, from: rows }
          model:
            uses: train/fake
            from: words
            matrix: { dropout: [0.1, 0.5], seed: [1, 2] }
            seed: "${matrix.seed}"
            with: { epochs: 1, dropout: "${matrix.dropout}" }
          best: { uses: select/best, from: model, with: { metric: validation.accuracy } }
          scores: { uses: evaluate/fake, from: { model: model, rows: words } }
        """;

    [Fact]
    public void A_line_a_cell_has_what_decided_and_what_was_evaluated()
    {
        var sweep = Assert.Single(Sweep.Of(Plan(Yaml), Run(Plan(Yaml), chosen: "model@dropout=0.5,seed=1")));

        Assert.Equal(["dropout", "seed"], sweep.Axes);
        Assert.Equal([("model", "validation.accuracy"), ("scores", "test.accuracy"), ("scores", "test.macro_f1")],
            sweep.Metrics.Select(metric => (metric.Stage, metric.Name)));
        Assert.Equal(["0.1 1", "0.1 2", "0.5 1", "0.5 2"], sweep.Cells.Select(cell => string.Join(' ', cell.Values)));
        Assert.Equal([false, false, true, false], sweep.Cells.Select(cell => cell.IsChosen));
        Assert.Equal([0.61, 0.62, 0.51, 0.52], sweep.Cells.Select(cell => Math.Round(cell.Measured[1]!.Value, 2)));
    }

    [Fact]
    public void Cells_that_differ_by_their_seed_are_one_experiment()
    {
        var groups = Sweep.Of(Plan(Yaml), Run(Plan(Yaml), chosen: "model@dropout=0.5,seed=1"))[0].Groups();

        Assert.Equal(["0.1", "0.5"], groups.Select(group => Assert.Single(group.Values)));
        Assert.Equal([false, true], groups.Select(group => group.IsChosen));
        Assert.Equal(0.615, groups[0].Measured[1]!.Mean, 12);
        Assert.Equal(0.01 / Math.Sqrt(2), groups[0].Measured[1]!.Deviation!.Value, 12);
        Assert.Equal(2, groups[0].Measured[1]!.Count);
    }

    [Fact]
    public void Without_a_choice_no_cell_is_marked_and_evaluations_come_first()
    {
        var plan = Plan(Yaml.Replace(
            "  best: { uses: select/best, from: model, with: { metric: validation.accuracy } }\n", "", StringComparison.Ordinal));

        var sweep = Sweep.Of(plan, Run(plan))[0];

        Assert.Equal("scores", sweep.Metrics[0].Stage);
        Assert.DoesNotContain(sweep.Cells, cell => cell.IsChosen);
    }

    [Fact]
    public void An_axis_with_one_value_is_left_out()
    {
        var plan = Plan(Yaml.Replace("seed: [1, 2]", "seed: [1]", StringComparison.Ordinal));

        var sweep = Sweep.Of(plan, Run(plan))[0];

        Assert.Equal(["dropout"], sweep.Axes);
        Assert.False(sweep.IsRepeated);
    }

    [Fact]
    public void Without_a_matrix_or_without_results_there_is_no_sweep()
    {
        var plain = Plan(Yaml.Replace("[0.1, 0.5], seed: [1, 2]", "[0.1], seed: [1]", StringComparison.Ordinal));
        var failed = Run(Plan(Yaml)) with
        {
            Stages = [.. Plan(Yaml).Stages.Select(stage => new StageRun(stage.Id, stage.Spec.Kind, new StageOutcome.Skipped(null), null))],
        };

        Assert.Empty(Sweep.Of(plain, Run(plain)));
        Assert.Empty(Sweep.Of(Plan(Yaml), failed));
    }

    [Fact]
    public void A_cell_that_failed_has_gaps()
    {
        var plan = Plan(Yaml);
        var run = Run(plan);
        run = run with
        {
            Stages = [.. run.Stages.Select(stage => stage.Id.EndsWith("@dropout=0.1,seed=1", StringComparison.Ordinal)
                ? stage with { Outcome = new StageOutcome.Skipped(null) }
                : stage)],
        };

        var sweep = Sweep.Of(plan, run)[0];

        Assert.All(sweep.Cells[0].Measured, Assert.Null);
        Assert.Null(sweep.Groups()[0].Measured[0]!.Deviation);
    }

    [Fact]
    public void The_terminal_shows_means_and_the_chosen_line()
    {
        using StringWriter output = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

        SweepPrinter.Write(output, Sweep.Of(Plan(Yaml), Run(Plan(Yaml), chosen: "model@dropout=0.5,seed=1"))[0], room: 120);

        Assert.Equal("""

            dropout  validation.accuracy  test.accuracy   test.macro_f1
            0.1      0.715 ± 0.0071       0.615 ± 0.0071  0.515 ± 0.0071
            0.5      0.615 ± 0.0071       0.515 ± 0.0071  0.415 ± 0.0071  ← chosen


            """.ReplaceLineEndings("\n"), output.ToString());
    }

    private static Plan Plan(string yaml)
    {
        var plan = Pipelines.Runner.Planning.Plan.Read(new SourceFile("x.yaml", yaml), _ => null, Overrides.None, FakeStages.Catalog);
        Assert.Equal("", DiagnosticFormat.Render(plan.Diagnostics));
        return plan.Value!;
    }

    private static RunRecord Run(Plan plan, string? chosen = null) => new(
        "run", plan.Pipeline, default, default, new("", "", "", null, "cpu", 1, null, null, ""),
        [.. plan.Stages.Select(stage => new StageRun(
            stage.Id, stage.Spec.Kind, new StageOutcome.Ran(Hash(stage.Id), default, Outputs(stage, chosen)), null))], []);

    private static ArtifactSet Outputs(PlannedStage stage, string? chosen)
    {
        Dictionary<string, IReadOnlyList<Artifact>> ports = new(StringComparer.Ordinal);
        var id = stage.Spec.Kind == "select/best" ? chosen : stage.Id;
        if (id is not null && (stage.Cell.Count > 0 || id != stage.Id))
            ports["metrics"] = [new Metrics(Hash($"metrics {id}"), "", Values(stage, id))];
        if (id is not null)
            ports["model"] = [new Model(Hash($"model {id}"), "", "fake")];
        return new(ports);
    }

    // The share falls with dropout and rises with the seed.
    private static SortedDictionary<string, double> Values(PlannedStage stage, string id)
    {
        var value = (id.Contains("0.1", StringComparison.Ordinal) ? 0.7 : 0.6)
            + (id.EndsWith("seed=2", StringComparison.Ordinal) ? 0.02 : 0.01);
        return stage.Spec.Kind == "evaluate/fake"
            ? new(StringComparer.Ordinal) { ["test.accuracy"] = value - 0.1, ["test.macro_f1"] = value - 0.2, ["test.rows"] = 10 }
            : new(StringComparer.Ordinal) { ["validation.accuracy"] = value, ["validation.loss"] = 1 - value };
    }

    private static ContentHash Hash(string text) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(text));
}
