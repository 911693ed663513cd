using System.Text;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.TestKit.Stages;

namespace Pipelines.Tests.Runner.Planning;

public sealed class PlanTests
{
    private const string Small = """
        pipeline: small
        stages:
          scores: { uses: evaluate/fake, from: { model: model, rows: words } }
          rows: { uses: load/fake, with: { train: a.csv, text: t } }
          words: { uses: tokenize/fake, from: rows }
          model: { uses: train/fake, from: words, with: { epochs: 1, layers: [lstm: 4], schedule: { rate: 0.5 } } }
          note: { uses: note }
        expect:
          - { metric: scores.accuracy, at_least: 0.5 }
          - { metric: model.loss, at_most: 1 }
        """;

    [Fact]
    public void Parameters_are_bound_to_the_record_of_the_stage()
    {
        var parameters = Assert.IsType<TrainFake.Params>(Read(Small).Stages.Single(stage => stage.Id == "model").Parameters);

        Assert.Equal(1, parameters.Epochs);
        Assert.Equal(0.1, parameters.Dropout);
        Assert.Equal([new Layer.Lstm(4)], parameters.Layers);
        Assert.Equal(new Schedule(0.5), parameters.Schedule);
    }

    [Fact]
    public void Stages_stand_behind_what_they_need_and_otherwise_as_in_the_file() =>
        Assert.Equal(["rows", "words", "model", "scores", "note"], Read(Small).Stages.Select(stage => stage.Id));

    [Fact]
    public void The_way_a_value_is_written_does_not_change_the_plan()
    {
        var other = Small.Replace("rate: 0.5", "rate: +.50e0", StringComparison.Ordinal)
            .Replace("[lstm: 4]", "{lstm: {units: 4, bidirectional: False}}", StringComparison.Ordinal)
            .Replace("layers: {", "layers: [{", StringComparison.Ordinal).Replace("False}}", "False}}]", StringComparison.Ordinal)
            .ReplaceLineEndings("\r\n");

        Assert.Equal(
            Texts(Read(Small).Stages.Single(stage => stage.Id == "model")), Texts(Read(other).Stages.Single(stage => stage.Id == "model")));
    }

    [Fact]
    public void Of_some_stages_all_that_they_need_is_known() =>
        Assert.Equal(["rows", "words", "model"], Read(Small).Selected(["model"]).Select(stage => stage.Id));

    [Fact]
    public void The_resolved_yaml_gives_the_same_plan()
    {
        var plan = Read(Small);
        var again = Read(plan.ResolvedYaml);

        Assert.Equal(plan.ResolvedYaml, again.ResolvedYaml);
        foreach (var (stage, same) in plan.Stages.Zip(again.Stages))
        {
            Assert.Equal(stage.Id, same.Id);
            Assert.Equal(Texts(stage), Texts(same));
        }
    }

    [Fact]
    public void Ten_thousand_stages_are_planned()
    {
        StringBuilder text = new("pipeline: big\nstages:\n  s0: { uses: load/fake, with: { train: a.csv, text: t } }\n");
        for (var i = 1; i < 10_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"  s{i}: {{ uses: tokenize/fake, from: s{i - 1}, with: {{ length: {i} }} }}\n");

        var plan = Read(text.ToString());

        Assert.Equal(10_000, plan.Stages.Count);
        Assert.Equal("s9998.rows", plan.Stages[^1].Inputs["rows"].Single().ToString());
    }

    [Fact]
    public void Ten_thousand_errors_are_all_reported()
    {
        StringBuilder text = new("pipeline: big\nstages:\n");
        for (var i = 0; i < 10_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  s{i}: {{ uses: tokenize/fake, from: t{i} }}\n");

        var plan = Plan.Read(new("big.yaml", text.ToString()), _ => null, Overrides.None, FakeStages.Catalog);

        Assert.Equal(10_000, plan.Diagnostics.Count(diagnostic => diagnostic.Code == "unknown-stage"));
    }

    [Fact]
    public void A_ring_of_ten_thousand_stages_is_one_cycle()
    {
        StringBuilder text = new("pipeline: ring\nstages:\n");
        for (var i = 0; i < 10_000; i++)
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture, $"  s{i}: {{ uses: tokenize/fake, from: s{(i + 1) % 10_000} }}\n");

        var plan = Plan.Read(new("ring.yaml", text.ToString()), _ => null, Overrides.None, FakeStages.Catalog);

        Assert.Equal("cycle", Assert.Single(plan.Diagnostics).Code);
    }

    private static IEnumerable<(string Path, string Text)> Texts(PlannedStage stage) =>
        stage.Values.Select(value => (value.Key, value.Value.Text));

    private static Plan Read(string text)
    {
        var plan = Plan.Read(new("test.yaml", text), _ => null, Overrides.None, FakeStages.Catalog);
        Assert.Equal("", DiagnosticFormat.Render(plan.Diagnostics));
        return plan.Value!;
    }
}
